"""How a language writes dates, numbers and lists, from plain values that `cldr` gives."""

import datetime
from collections.abc import Sequence

from alertgen.records import dataclass

ROUND = 100
"""Plurals of whole numbers go by their last two digits, the numbers below a hundred and whole millions aside."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a language writes."""

    days: tuple[str, ...]
    """For each month, a day of it as a pattern of year `y` and day `d`."""
    first_days: tuple[str, ...]
    """The same for the first day of each month."""
    months: tuple[str, ...]
    """Each month as a pattern of year `y`."""
    month_names: tuple[str, ...]
    """The name of each month as it stands in a date; none where CLDR does not know the language."""
    short_months: tuple[str, ...]
    """The name of each month, as short as is usual."""
    lists: tuple[str, str, str, str]
    """Patterns of two: the only two of a list, its first two, those between, and the last."""
    lists_before_i: tuple[str, str]
    """The first and the last of these where the last name begins as `Irán` does: Spanish says `e` for `y` there."""
    grouping: tuple[int, ...]
    """How many digits of a number stand together: the last of them, and all others."""
    separator: str
    """What stands between them."""
    plurals: tuple[str, ...]
    """Categories of the numbers below 200, then that of whole millions."""

    def day(self, date: datetime.date) -> str:
        """Return *date* in full."""
        patterns = self.first_days if date.day == 1 else self.days
        return patterns[date.month - 1].format(y=date.year, d=date.day)

    def month(self, date: datetime.date) -> str:
        """Return month and year of *date*."""
        return self.months[date.month - 1].format(y=date.year)

    def short_month(self, date: datetime.date) -> str:
        """Return the short name of the month of *date*."""
        return self.short_months[date.month - 1]

    def list(self, names: Sequence[str]) -> str:
        """Return *names* as a list in a sentence."""
        if len(names) < 2:
            return "".join(names)
        pair, start, middle, end = self.lists
        if _begins_with_i(names[-1]):
            pair, end = self.lists_before_i
        if len(names) == 2:
            return pair.format(*names)
        listed = start.format(*names[:2])
        for name in names[2:-1]:
            listed = middle.format(listed, name)
        return end.format(listed, names[-1])

    def number(self, number: int) -> str:
        """Return *number* with what stands between its groups of digits."""
        digits, groups = str(abs(number)), []
        size, further = self.grouping
        while len(digits) > size:
            digits, group = digits[:-size], digits[-size:]
            groups.append(group)
            size = further
        return "-" * (number < 0) + self.separator.join([digits, *reversed(groups)])

    def plural(self, number: int) -> str:
        """Return the plural category of CLDR for *number*."""
        count = abs(number)
        if count >= 2 * ROUND:
            count = 2 * ROUND if count % _MILLION == 0 else ROUND + count % ROUND
        return self.plurals[count]


def _begins_with_i(name: str) -> bool:
    """Tell whether *name* begins with the vowel i, as `Irán` and `Hidalgo` do, and `Hierro` does not."""
    sound = name[:3].casefold().removeprefix("h")
    return sound[:1] in ("i", "í") and (len(sound) == len(name[:3]) or sound[1:2] not in ("a", "e"))
