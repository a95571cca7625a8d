"""What is wrong with a request: collected, to name all of it at once."""

from __future__ import annotations

from normtemplates.errors import NormtemplatesError


class Faults:
    """Keeps the errors of ``with`` blocks, which end there; true when there are any."""

    def __init__(self) -> None:
        """Begin with none."""
        self._errors: list[NormtemplatesError] = []

    def __bool__(self) -> bool:
        return bool(self._errors)

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, NormtemplatesError):
            self._errors.append(error)
            return True
        return False

    def raise_all(self) -> None:
        """Raise all of them as one error, each fault once; nothing when there are none."""
        kinds = {type(error) for error in self._errors}
        if kinds:
            kind = kinds.pop() if len(kinds) == 1 else NormtemplatesError
            raise kind(dict.fromkeys(f for error in self._errors for f in error.faults))
