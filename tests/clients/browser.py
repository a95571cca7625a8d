"""Chromium, as a person would use it: opens a page, presses keys, looks and prints.

Talks the DevTools protocol over a pair of pipes, so that no driver and no port is needed.
Nothing is loaded from outside: what a page asks for is in :attr:`Page.requests`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 60.0

# Chromium reads from 3 and writes to 4, whatever numbers our pipes have.
LAUNCH = """
import fcntl, os, sys
pipes = [fcntl.fcntl(int(number), fcntl.F_DUPFD_CLOEXEC, 10) for number in sys.argv[1:3]]
for number, pipe in enumerate(pipes, start=3):
    os.dup2(pipe, number)
os.execv(sys.argv[3], sys.argv[3:])
"""

KEYS = {"Tab": (9, ""), " ": (32, " "), "Enter": (13, "\r")}
"""Virtual key code and text of the keys that can be pressed."""


class BrowserError(Exception):
    """Chromium did not start, refused a command or did not answer."""


def program() -> str | None:
    """Give the program to run, or ``None``."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def missing() -> str | None:
    """Say what is missing to run Chromium, or ``None``."""
    if program() is None:
        return "chromium is not installed (apt-get install chromium)"
    return None


class Browser:
    """One headless Chromium with a profile of its own; a context manager."""

    def __init__(self) -> None:
        """Prepare a Chromium; it starts when the ``with`` block is entered."""
        self._folder = tempfile.mkdtemp(prefix="browser-")
        self._process: subprocess.Popen[bytes] | None = None
        self._write = self._read = -1
        self._waiting = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        """Start Chromium."""
        theirs_in, self._write = os.pipe()
        self._read, theirs_out = os.pipe()
        command = [
            program() or PROGRAMS[0],
            "--headless=new",
            "--no-sandbox",  # which root may not have
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--force-color-profile=srgb",
            "--hide-scrollbars",
            "--remote-debugging-pipe",
            f"--user-data-dir={self._folder}",
        ]
        launcher = [sys.executable, "-I", "-S", "-c", LAUNCH, str(theirs_in), str(theirs_out)]
        self._process = subprocess.Popen(
            [*launcher, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(theirs_in, theirs_out),
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            self.call("Browser.getVersion")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close Chromium and remove its profile."""
        with contextlib.suppress(BrowserError, OSError):
            self.call("Browser.close", seconds=10)
        self.stop()

    def stop(self) -> None:
        """Close the pipes, at which Chromium ends; kill it when it does not."""
        os.close(self._write)
        os.close(self._read)
        if self._process is not None:
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def open(self, path: Path, *, width: int = 1280, height: int = 800) -> Page:
        """Open a file in a window of its own size, scripts allowed as far as the page lets them."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session)
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            page.call(f"{domain}.enable")
        page.resize(width, height)
        page.call("Page.navigate", url=path.resolve().as_uri())
        page.wait_for("Page.loadEventFired")
        return page

    def call(
        self, method: str, *, session: str | None = None, seconds: float = SECONDS, **values: Any
    ) -> Any:
        """Send one command and give its result; events that come by are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": values}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + seconds
        while True:
            answer = self._next(until, method)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']}")
                return answer["result"]

    def wait_for(self, method: str, session: str, seconds: float = SECONDS) -> None:
        """Wait until an event of a session has come by."""
        until = time.monotonic() + seconds
        while not any(
            event["method"] == method and event.get("sessionId") == session for event in self.events
        ):
            self._next(until, method)

    def _next(self, until: float, what: str) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._read], [], [], max(0, until - time.monotonic()))
            more = os.read(self._read, 1 << 20) if ready else b""
            if not more:
                raise BrowserError(f"no answer to {what}")
            self._waiting += more
        line, _, self._waiting = self._waiting.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self.events.append(message)
        return message


class Page:
    """One open page; a context manager that closes it."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        """Stand for the page of ``session``."""
        self._browser = browser
        self._target = target
        self._session = session

    def __enter__(self) -> Self:
        """Give the page."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the page."""
        self._browser.call("Target.closeTarget", targetId=self._target)

    def call(self, method: str, **values: Any) -> Any:
        """Send one command to this page."""
        return self._browser.call(method, session=self._session, **values)

    def wait_for(self, method: str) -> None:
        """Wait until an event of this page has come by."""
        self._browser.wait_for(method, self._session)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def evaluate(self, expression: str) -> Any:
        """Give the value of a JavaScript expression, asked from outside the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise BrowserError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and release a key of :data:`KEYS`."""
        code, text = KEYS[key]
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def screenshot(self, target: Path) -> Path:
        """Make a picture of the whole page, from top to bottom."""
        answer = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        target.write_bytes(base64.b64decode(answer["data"]))
        return target

    def accessible(self) -> list[dict[str, Any]]:
        """Give what a screen reader meets: role, name and properties, ignored nodes left out."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            {
                "role": node.get("role", {}).get("value", ""),
                "name": node.get("name", {}).get("value", ""),
                **{p["name"]: p["value"].get("value") for p in node.get("properties", ())},
            }
            for node in nodes
            if not node.get("ignored")
        ]

    @property
    def messages(self) -> list[str]:
        """What the console, the parser or the security policy complained about."""
        return [
            json.dumps(event["params"])
            for event in self._events()
            if event["method"]
            in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        ]

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for, itself included."""
        return [
            event["params"]["request"]["url"]
            for event in self._events()
            if event["method"] == "Network.requestWillBeSent"
        ]

    def _events(self) -> list[dict[str, Any]]:
        return [e for e in self._browser.events if e.get("sessionId") == self._session]
