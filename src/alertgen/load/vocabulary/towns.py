"""Towns, as signs that a country is meant in a text that does not say its name."""

import csv
import re
from collections.abc import Iterable
from functools import cache

from alertgen.data import DATA
from alertgen.text import unaccented


def names_town(codes: Iterable[str], text: str) -> bool:
    """Tell whether *text* names a large town of one of the countries *codes*, as the languages of Western Europe do."""
    towns = [town for code in codes for town in _towns().get(code, ())]
    plain = unaccented(text.replace("\u2019", "'"))
    return bool(towns) and re.search(rf"(?<!\w)({'|'.join(map(re.escape, towns))})(?!\w)", plain) is not None


@cache
def _towns() -> dict[str, tuple[str, ...]]:
    with (DATA / "towns.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: tuple(row["names"].split("|")) for row in csv.DictReader(file)}
