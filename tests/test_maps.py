"""Maps are valid, accessible, safe and light SVG."""

import gzip
import math
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from alertgen.render.locators import locator_shapes
from alertgen.render.maps import draw, locator_map, outline_of, world_map, world_shapes
from alertgen.views import Map, MapMark

HOSTILE = "\"><script>alert(1)</script>&'"


def marks(*codes: str, level: str = "current-crisis") -> dict[str, MapMark]:
    return {code: MapMark(code, f"{code}: Current crisis", f"/countries/{code.lower()}/", level) for code in codes}


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def ids(svg: str) -> list[str]:
    return [element.attrib["id"] for element in parsed(svg).iter() if "id" in element.attrib]


def world(*codes: str) -> str:
    return world_map(world_shapes(), marks(*codes), title="World", desc="Levels", id_prefix="world")


def locator(*codes: str) -> str:
    return locator_map(outline_of(tuple(codes)), codes, "Sudan", "sd")


def test_marked_countries_are_links_with_a_name() -> None:
    links = parsed(world("SD", "PS", "MT")).findall("a")
    assert sorted(link.attrib["href"] for link in links) == ["/countries/mt/", "/countries/ps/", "/countries/sd/"]
    assert all(link.attrib["aria-label"] == (link.findtext("title") or "") for link in links)


def test_levels_are_classes() -> None:
    assert parsed(world("SD")).find("a/path[@class='map-country level-current-crisis']") is not None
    unranked = world_map(world_shapes(), marks("SD", level=""), title="t", desc="d", id_prefix="w")
    assert parsed(unranked).find("a/path[@class='map-country']") is not None


def test_every_rank_has_a_colour_that_is_not_that_of_no_level() -> None:
    """A scheme may have ten levels. Of equally strong rules the last one holds, so the general one comes first."""
    css = (Path(__file__).parent.parent / "static/site.css").read_text(encoding="utf-8")
    places = [css.index(rule) for rule in (".map-country, .map-dot {", '[class*="rank-"] {', ".rank-1 {", ".rank-3 {")]
    assert places == sorted(places)


def test_a_small_state_is_a_dot_with_a_wide_target() -> None:
    link = parsed(world("MT")).find("a")
    assert link is not None
    assert [circle.attrib["class"] for circle in link.findall("circle")] == ["map-hit", "map-dot level-current-crisis"]
    assert float(link.findall("circle")[0].attrib["r"]) == 22


def test_targets_of_neighbouring_small_states_do_not_overlap() -> None:
    circles = parsed(world("IL", "PS", "LB")).findall("a/circle[@class='map-hit']")
    places = [complex(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in circles]
    reach = [float(c.attrib["r"]) for c in circles]
    assert all(
        abs(places[i] - places[j]) >= reach[i] + reach[j] - 0.2 or min(reach[i], reach[j]) == 3.5
        for i in range(3)
        for j in range(i)
    )


def test_a_world_without_marks_is_a_picture_and_with_marks_a_group() -> None:
    assert parsed(world()).attrib["role"] == "img"
    assert parsed(world("SD")).attrib["role"] == "group"


@pytest.mark.parametrize("svg", [world("SD", "MT"), locator("IL", "PS")])
def test_title_and_description_are_tied_to_the_map(svg: str) -> None:
    root = parsed(svg)
    assert len(set(ids(svg))) == len(ids(svg))
    assert {value for name, value in root.attrib.items() if name.startswith("aria-")} == set(ids(svg))


def test_a_locator_map_is_named_once() -> None:
    """A screen reader would say the same places a second time before each situation."""
    svg = parsed(locator("IL", "PS"))
    assert "aria-describedby" not in svg.attrib
    assert svg.find("desc") is None


@pytest.mark.parametrize("svg", [world("SD", "MT"), locator("IL", "PS"), locator("NR")])
def test_no_style_and_no_script_in_the_markup(svg: str) -> None:
    names = {name for element in parsed(svg).iter() for name in element.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    assert {element.tag for element in parsed(svg).iter()} <= {"svg", "title", "desc", "path", "circle", "a"}


def test_text_and_addresses_are_escaped() -> None:
    mark = {"SD": MapMark("SD", HOSTILE, f"/x/{HOSTILE}", HOSTILE)}
    svg = world_map(world_shapes(), mark, title=HOSTILE, desc=HOSTILE, id_prefix=HOSTILE)
    assert parsed(svg).find(".//script") is None
    assert parsed(svg).findtext("title") == HOSTILE
    local = locator_map(outline_of(("SD",)), ["SD"], HOSTILE, HOSTILE, levels={"SD": HOSTILE})
    assert parsed(local).find(".//script") is None
    assert parsed(local).findtext("title") == HOSTILE


def test_addresses_are_made_relative_by_the_page() -> None:
    svg = draw(
        Map(kind="world", title="t", description="d", marks=tuple(marks("SD").values())), "w", lambda a: ".." + a
    )
    assert [link.attrib["href"] for link in parsed(svg).findall("a")] == ["../countries/sd/"]


def test_draw_chooses_the_kind_of_map() -> None:
    drawn = Map(kind="locator", title="t", description="d", marks=tuple(marks("IL", "PS").values()))
    root = parsed(draw(drawn, "l", str))
    assert root.attrib["class"] == "map map-locator"
    assert len(root.findall("path[@class='map-country level-current-crisis']")) == 2


@pytest.mark.parametrize("code", sorted(locator_shapes().areas))
def test_every_country_has_a_locator_where_it_can_be_seen(code: str) -> None:
    svg = locator(code)
    root = parsed(svg)
    assert root.find("path[@class='map-country']") is not None or root.find("circle[@class='map-point']") is not None
    assert len(gzip.compress(svg.encode())) < 4_600
    for path in root.findall("path[@class='map-country']"):
        starts = [tuple(map(int, re.findall(r"-?\d+", start))) for start in re.findall(r"M[^l]*", path.attrib["d"])]
        assert any(-9 <= x <= 489 and -9 <= y <= 369 for x, y in starts)


@pytest.mark.parametrize("code", ["NZ", "CL", "ID", "AR"])
def test_land_on_the_far_side_of_the_earth_does_not_flood_the_sea(code: str) -> None:
    """Their antipodes lie in Eurasia: the ring around the map says that the far land is turned inside out."""
    land = parsed(locator(code)).find("path[@class='map-land']")
    assert land is not None
    assert not inside(land.attrib["d"], SEA[code])


SEA = {"NZ": (250, 340), "CL": (60, 200), "ID": (100, 330), "AR": (20, 250)}


def inside(data: str, point: tuple[int, int]) -> bool:
    """Even-odd test of a point against path data of relative whole numbers."""
    crossings = 0
    for subpath in data.rstrip("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", subpath)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if (y1 > point[1]) != (y2 > point[1]):
                crossings += point[0] < x1 + (x2 - x1) * (point[1] - y1) / (y2 - y1)
    return crossings % 2 == 1


def test_the_world_map_is_light() -> None:
    bulletin = [
        "SD",
        "MM",
        "UA",
        "PS",
        "IL",
        "SY",
        "HT",
        "BF",
        "CN",
        "CD",
        "NE",
        "ML",
        "YE",
        "AF",
        "NG",
        "ET",
        "CF",
        "SS",
        "CM",
        "MZ",
        "VE",
        "NI",
        "BD",
        "RU",
        "IQ",
        "LY",
    ]
    assert len(gzip.compress(world(*bulletin).encode(), 9)) < 30_000


def test_an_unknown_country_is_an_error() -> None:
    with pytest.raises(KeyError):
        locator("ZZ")
    with pytest.raises(ValueError, match="one country at least"):
        locator()


def test_disputed_borders_are_drawn_apart() -> None:
    for codes in (["EH"], ["IN"], ["IL", "PS"], ["SD"], ["XK"], ["CY"]):
        assert parsed(locator(*codes)).find("path[@class='map-disputed']") is not None
    assert parsed(world()).find("path[@class='map-disputed']") is not None


DASHED = {
    "Western Sahara": (-10.0, 27.67), "Line of Control": (74.2, 34.6), "Siachen": (77.1, 35.4),
    "Aksai Chin": (78.9, 34.3), "Arunachal Pradesh": (94.5, 29.2), "Green Line": (35.05, 32.3), "Gaza": (34.4, 31.4),
    "Golan, 1967": (35.63, 33.0), "Golan, 1974": (35.85, 33.0), "Cyprus": (33.3, 35.15), "Abyei": (29.0, 10.0),
    "Sudan and South Sudan": (28.0, 9.4), "Hala'ib": (34.0, 22.0), "Ilemi": (35.3, 5.3), "Ogaden": (46.5, 6.45),
    "Kosovo": (21.4, 42.9), "Korea": (127.5, 38.3),
}  # fmt: skip
"""A place on each border that docs/design.md says is dashed."""

PLAIN = {"South Sudan and Uganda": (32.5, 3.6), "India and Nepal": (83.0, 27.5), "Punjab": (74.5, 31.1)}
NO_BORDER = {"Crimea": (33.7, 46.1), "Somaliland": (48.2, 9.5), "Abkhazia": (42.0, 42.6), "Donbas": (38.0, 48.0)}


def away(place: tuple[float, float], numbers: tuple[int, ...]) -> float:
    """How far *place* is from the nearest of these lines, in degrees."""
    arcs = (locator_shapes().arcs[number] for number in numbers)
    points = (list(zip(*arc.points(), strict=True)) for arc in arcs)
    return min(_from_segment(place, one, other) for line in points for one, other in pairwise(line))


def _from_segment(place: tuple[float, float], one: tuple[float, float], other: tuple[float, float]) -> float:
    along = (other[0] - one[0], other[1] - one[1])
    length = along[0] ** 2 + along[1] ** 2
    to = (place[0] - one[0], place[1] - one[1])
    share = max(0.0, min(1.0, (to[0] * along[0] + to[1] * along[1]) / length)) if length else 0.0
    return math.dist(to, (share * along[0], share * along[1]))


@pytest.mark.parametrize("name", DASHED)
def test_a_disputed_border_is_dashed(name: str) -> None:
    assert away(DASHED[name], locator_shapes().disputed) < 0.4


@pytest.mark.parametrize("name", PLAIN)
def test_an_agreed_border_is_plain(name: str) -> None:
    assert away(PLAIN[name], locator_shapes().borders) < 0.3 < away(PLAIN[name], locator_shapes().disputed)


@pytest.mark.parametrize("name", NO_BORDER)
def test_a_state_is_not_divided(name: str) -> None:
    assert away(NO_BORDER[name], locator_shapes().borders + locator_shapes().disputed) > 0.3
