"""Run Python with less than the tests have: ``python limited.py LIMIT ARGUMENT…``.

``obedient``: file modes count, also for root. ``file-size=N``: no file grows beyond N bytes.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

# From linux/prctl.h and linux/capability.h.
_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def main(limit: str, *arguments: str) -> None:
    if limit == "obedient":
        if os.geteuid() == 0:
            libc = ctypes.CDLL(None, use_errno=True)
            for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
                if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
                    raise OSError(ctypes.get_errno(), "prctl")
    else:
        size = int(limit.removeprefix("file-size="))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    os.execv(sys.executable, [sys.executable, *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
