"""Long lives of a site in several languages: whatever is edited while time moves on, a build gives what a clean build
gives from the same ledger, nothing that is held back is in any byte, and no address or feed id of what was published
is lost."""

import datetime
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from conftest import SiteFolder
from editing import built, clean, rest

BEGIN = datetime.datetime(2026, 10, 24, 20, tzinfo=datetime.UTC)
"""Hours before clocks are put back in Europe, and two months before the year ends."""
COUNTRIES = {"SD": "Sudan", "ML": "Mali", "ET": "Ethiopia", "UA": "Ukraine"}
LANGUAGES = ("en", "fr", "ar", "uk")
ZONES = ("UTC", "Europe/Kyiv", "America/New_York", "Asia/Kolkata")
MARKER = re.compile(r"mark\d+[a-z]+mark")


@dataclass
class Text:
    """An alert in one language."""

    draft: bool
    word: int = 0
    title: int = 0


@dataclass
class Alert:
    """An alert: what all its languages share."""

    number: int
    name: str
    date: datetime.date
    country: str
    embargo: datetime.datetime | None
    texts: dict[str, Text]
    corrections: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """What it was called before."""


class Life:
    """A site, the present moment, and what happens."""

    def __init__(self, folder: SiteFolder, seed: int) -> None:
        self.folder, self.rng, self.now = folder, random.Random(seed), BEGIN
        self.languages, self.zone, self.alerts = ["en", "fr"], "Europe/Kyiv", list[Alert]()
        for _ in range(4):
            self.new()
        first = self.alerts[0]
        first.date, first.embargo, first.texts = BEGIN.date(), None, {"en": Text(draft=False)}

    def is_public(self, alert: Alert, lang: str) -> bool:
        begins = datetime.datetime.combine(alert.date, datetime.time(), ZoneInfo(self.zone))
        return not alert.texts[lang].draft and self.now >= max(begins, alert.embargo or begins)

    def some(self) -> tuple[Alert, Text]:
        alert = self.rng.choice(self.alerts)
        return alert, alert.texts[self.rng.choice(sorted(alert.texts))]

    def new(self) -> None:
        number, hours = len(self.alerts) + 1, self.rng.choice((0, 0, 7, 30))
        langs = self.rng.sample(self.languages, self.rng.randint(1, len(self.languages)))
        alert = Alert(
            number=number,
            name=f"name{number}",
            date=self.now.astimezone(ZoneInfo(self.zone)).date() + datetime.timedelta(days=self.rng.choice((0, 0, 1))),
            country=self.rng.choice([*COUNTRIES]),
            embargo=self.now + datetime.timedelta(hours=hours + 24) if hours else None,
            texts={lang: Text(draft=self.rng.random() < 0.3) for lang in langs},
        )
        self.alerts.append(alert)

    def word(self) -> None:
        self.some()[1].word += 1

    def title(self) -> None:
        self.some()[1].title += 1

    def publish(self) -> None:
        self.some()[1].draft = False

    def translate(self) -> None:
        self.some()[0].texts.setdefault(self.rng.choice(self.languages), Text(draft=False))

    def correct(self) -> None:
        self.some()[0].corrections.append("")

    def rename(self) -> None:
        alert = self.some()[0]
        alert.names.append(alert.name)
        alert.name = f"name{alert.number}x{len(alert.names)}"

    def move_country(self) -> None:
        alert = self.some()[0]
        wrong = alert.country
        alert.country = self.rng.choice([code for code in COUNTRIES if code != wrong])
        alert.corrections = [code for code in alert.corrections if code != alert.country]
        alert.corrections.append(wrong)

    def language(self) -> None:
        self.languages = [*LANGUAGES[: min(len(self.languages) + 1, len(LANGUAGES))]]

    def move_zone(self) -> None:
        before, zone = self.public(), self.zone
        self.zone = self.rng.choice(ZONES)
        if not before <= self.public():  # it would be another day there
            self.zone = zone

    def wait(self) -> None:
        self.now += datetime.timedelta(hours=self.rng.choice((1, 5, 24, 300)))

    def public(self) -> set[str]:
        return {marker(alert, lang) for alert in self.alerts for lang in alert.texts if self.is_public(alert, lang)}

    def write(self) -> None:
        self.folder.write(
            "site.yaml",
            f"title: T\nbase_url: https://bulletin.example.net/\ntimezone: {self.zone}\nsearch: false\nfeed_items: 4\n"
            f"page_size: 3\nsocial_cards: 0\nlanguages: [{', '.join(self.languages)}]\n",
        )
        if self.folder.path("alerts").exists():
            self.folder.delete("alerts")
        for alert in self.alerts:
            for lang in alert.texts:
                ending = "md" if lang == "en" else f"{lang}.md"
                self.folder.write(f"alerts/{alert.name}.{ending}", self.source(alert, lang))

    def source(self, alert: Alert, lang: str) -> str:
        text, mark = alert.texts[lang], marker(alert, lang)
        folder = f"{'' if lang == 'en' else f'/{lang}'}/alerts/{alert.date.year}"
        keys = [
            f"title: {mark} {'again ' * text.title}",
            f"date: {alert.date}",
            f"number: {alert.number}",
            f"country: {alert.country}",
            f"aliases: [{', '.join(f'{folder}/{name}/' for name in alert.names)}]" if alert.names else "",
            f"embargo: {alert.embargo.isoformat()}" if alert.embargo else "",
            "draft: true" if text.draft else "",
            "corrections:" if alert.corrections else "",
        ]
        for place, wrong in reversed([*enumerate(alert.corrections)]):
            keys += [f"- date: {alert.date}", f"  text: {mark} corrected {place}."]
            keys += [f"  wrong_country: {wrong}"] if wrong else []
        header = "\n".join(filter(None, keys))
        return f"---\n{header}\n# secretmark\n---\n{mark} {'word ' * text.word}.\n\n<!-- secretmark -->\n"


def marker(alert: Alert, lang: str) -> str:
    return f"mark{alert.number}{lang}mark"


def feed_ids(site: dict[str, bytes]) -> dict[str, str]:
    """Return the id of each item of the feeds of everything and of corrections, by its marker and what it is."""
    found = {}
    for path, content in site.items():
        if re.fullmatch(r"(\w\w/)?(corrections/)?feed\.json", path):
            for item in json.loads(content)["items"]:
                note = re.search(r"corrected \d+", item["content_html"]) if "corrections/" in path else None
                found[f"{MARKER.findall(item['title'])[0]} {note[0] if note else ''}"] = item["id"]
    return found


def addresses(folder: SiteFolder) -> dict[str, str]:
    ledger = json.loads(folder.path("published.json").read_text(encoding="utf-8"))["addresses"]
    return {address: entry.get("id", "") for address, entry in ledger.items()}


EDITS: tuple[Callable[[Life], None], ...] = (
    Life.new, Life.word, Life.title, Life.publish, Life.translate, Life.correct, Life.rename, Life.move_country,
    Life.language, Life.move_zone, Life.wait, Life.wait,
)  # fmt: skip


@pytest.mark.parametrize(
    ("seed", "length"),
    [(0, 6), (1, 6), *(pytest.param(seed, 40, marks=pytest.mark.exhaustive) for seed in range(2, 12))],
)
def test_whatever_happens_nothing_is_lost_and_nothing_leaks(
    site: Callable[..., SiteFolder], seed: int, length: int
) -> None:
    life = Life(site(), seed)
    ids: dict[str, str] = {}
    known: dict[str, str] = {}
    for _ in range(length):
        life.write()
        rest(life.folder)
        here = built(life.folder.root, life.now)
        assert here == clean(life.folder.root, life.now)

        said = set(MARKER.findall("".join(content.decode("utf-8", "replace") for content in here.values())))
        assert said == life.public()
        assert not [path for path, content in here.items() if b"secretmark" in content]

        told = feed_ids(here)
        assert {item: ids[item] for item in ids if item in told}.items() <= told.items()
        assert len(set(told.values())) == len(told)
        ids |= told
        now_known = addresses(life.folder)
        assert known.items() <= now_known.items()
        known = now_known
        for edit in life.rng.sample(EDITS, 2):
            edit(life)
