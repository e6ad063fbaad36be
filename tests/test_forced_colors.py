"""Where readers have colours of their own, as in Windows' high contrast, browsers take away all backgrounds."""

import re
from pathlib import Path

LISTS = (Path(__file__).parent.parent / "static/lists.css").read_text(encoding="utf-8")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def test_weeks_show_their_levels_in_the_colours_of_the_reader():
    before, _, rest = LISTS.partition("@media (forced-colors: active) {")
    forced = rest.partition("\n  }\n")[0]
    (colours,) = [said for where, said in RULE.findall(forced) if where.strip() == ".weeks"]
    own = set(re.findall(r"(--[\w-]+): (?:LinkText|Highlight);", colours))
    used = {
        name
        for where, said in RULE.findall(before)
        if ".weeks a" in where and ":empty" not in where
        for name in re.findall(r"var\((--[\w-]+)\)", said)
    }
    assert used == own
    assert ".weeks a { forced-color-adjust: none; }" in forced


def test_each_level_has_a_shape_of_its_own():
    shapes = re.findall(r'\.weeks a\[data-rank(?:="\d")?\] \{([^}]*)\}', LISTS)
    assert len({re.sub(r"--level-\d", "", shape) for shape in shapes}) == len(shapes) == 4
