"""What was made of one alert or of one country, recalled for the next plan of nearly the same site.

Most of a plan is made by pure functions of an alert and of a few values that all alerts share. A process that plans a
site again and again, as the preview does, keeps what they returned and calls them only for values that are new. So no
planner has to know what an edit changes. Any other process calls them each time and keeps nothing.
"""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

Values = TypeVarTuple("Values")
Made = TypeVar("Made")


class Recall:
    """Calls pure functions of frozen values. When *lasting*, remembers for each name the values and the result."""

    def __init__(self, *, lasting: bool = False) -> None:
        self._lasting = lasting
        self._known: dict[object, tuple[tuple[object, ...], object]] = {}
        self._asked: dict[object, tuple[tuple[object, ...], object]] = {}

    def __call__(self, make: Callable[[*Values], Made], name: str, *values: *Values) -> Made:
        """Return `make(*values)`; among the calls of one function in one plan, each has a *name* of its own."""
        if not self._lasting:
            return make(*values)
        key = (make, name)
        known = self._known.get(key)
        if known is None or known[0] != values:
            known = (values, make(*values))
        self._asked[key] = known
        return known[1]  # type: ignore[return-value]  # what this very function has returned

    def let_go(self) -> None:
        """Forget what was not asked for since the last call."""
        self._known, self._asked = self._asked, {}
