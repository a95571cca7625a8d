"""Everything that is wrong is named at once."""

from __future__ import annotations

import pytest

from normtemplates.errors import DefinitionError, NormtemplatesError, RequestError
from normtemplates.jobs.faults import Faults


def test_nothing_wrong_raises_nothing() -> None:
    faults = Faults()
    with faults:
        pass
    assert not faults
    faults.raise_all()


def test_each_fault_once_and_in_order() -> None:
    faults = Faults()
    for given in (["b"], ["a", "b"]):
        with faults:
            raise DefinitionError(given)
    assert faults
    with pytest.raises(DefinitionError) as error:
        faults.raise_all()
    assert error.value.faults == ("b", "a")


def test_errors_of_two_kinds_are_neither() -> None:
    faults = Faults()
    with faults:
        raise DefinitionError("a")
    with faults:
        raise RequestError("b")
    with pytest.raises(NormtemplatesError) as error:
        faults.raise_all()
    assert (type(error.value), error.value.faults) == (NormtemplatesError, ("a", "b"))


def test_what_is_not_on_purpose_goes_on() -> None:
    faults = Faults()
    with pytest.raises(ZeroDivisionError), faults:
        raise ZeroDivisionError
    assert not faults
