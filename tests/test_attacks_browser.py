"""The attacks of `attacks.py` in a real browser: as pages with their policy, as items of feeds without any, and raw.

Each attack has a page of its own, with its title, headings and text made of it, and stands in a frame of its own.
A script that comes before everything else in every frame tells of whatever runs, whatever the policy stops, and
whatever the browser itself understands as a handler or as an address that is more than a link.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

import feedparser
import pytest

from alertgen import urls
from alertgen.load.markdown.body import Body
from alertgen.load.markdown.conversion import convert
from alertgen.load.markdown.sanitise import UNFIT
from alertgen.load.markdown.source import read_source
from alertgen.load.theme.reading import read_theme
from alertgen.model import Alert, Correction, Link
from alertgen.outputs import Copy, FeedFile, Page
from alertgen.plan.planners import plan_outputs
from alertgen.plan.policy import PAGE_POLICY
from alertgen.render import open_tools, render_outputs
from alertgen.store import Store
from attacks import ATTACKS
from browsing import CHROMIUM, launched, served
from factories import MALI, alert, image, site, situation

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def readers():
    """The Chromium that readers have: it runs more than the one without windows."""
    with launched(*CHROMIUM) as browser:
        yield browser


TOGETHER = 60
"""Frames at once."""
HOME = "https://alerts.example.org/"
"""Address of the bulletin, from which feeds show pictures."""

WATCH = """
(() => {
  if (window === top) return;
  const say = (what) => window.told(what);
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = () => say("ran: " + name);
  addEventListener("securitypolicyviolation", (event) =>
    say(`policy: ${event.effectiveDirective} ${event.blockedURI}`), true);
  const safe = ["http:", "https:", "mailto:"];
  const inspect = (element) => {
    for (const {name, value} of element.attributes) {
      if (/^on/i.test(name)) say(`handler: <${element.localName} ${name}>`);
      if (/^(href|src|action|formaction|data|poster|background|ping|cite|longdesc|xlink:href)$/i.test(name)) {
        let scheme = "none";
        try { scheme = new URL(value, document.baseURI).protocol; } catch { continue; }
        if (!safe.includes(scheme)) say(`address: <${element.localName} ${name}=${value}>`);
      }
    }
  };
  addEventListener("click", (event) => event.preventDefault(), true);
  addEventListener("submit", (event) => event.preventDefault(), true);
  const touch = (element) => {
    for (const name of ["click", "mouseover", "pointerrawupdate", "focus", "toggle", "beforematch", "input", "error"])
      element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
  };
  addEventListener("load", () => {
    document.querySelectorAll("*").forEach(inspect);
    (document.querySelector("main") ?? document.body)?.querySelectorAll("*").forEach(touch);
    setTimeout(() => say("done"), 20);
  });
})();
"""


@dataclass
class Watched:
    """What went on in the frames, by the name of the attack."""

    told: dict[str, list[str]] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    """Where frames ended that left their page."""
    windows: int = 0

    def faults(self, *kinds: str) -> dict[str, list[str]]:
        return {
            name: found for name, said in self.told.items()
            if (found := [one for one in said if one.startswith(kinds)])
        }  # fmt: skip


def name_of(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2].removesuffix(".html")


def read_in_frames(
    browser, folder: Path, pages: Mapping[str, str], allowed: tuple[str, ...] = (), patience: float = 20
) -> Watched:
    """Open *pages*, paths below *folder* by name, in frames, and wait for at most *patience* seconds until all is told.

    Requests to addresses that are *allowed* do not count.
    """
    watched = Watched({name: [] for name in pages})
    names = list(pages)
    for start in range(0, len(names), TOGETHER):
        batch = names[start : start + TOGETHER]
        frames = "".join(f'<iframe width=9 height=9 src="/{pages[name]}"></iframe>' for name in batch)
        (folder / f"frames-{start}.html").write_text(f"<!doctype html><title>x</title>{frames}", encoding="utf-8")
    with served(folder) as host:
        context = browser.new_context()
        context.expose_binding("told", lambda source, what: _hear(watched, source["frame"], what))
        context.add_init_script(WATCH)
        page = context.new_page()
        context.on("page", lambda _: setattr(watched, "windows", watched.windows + 1))
        page.on("dialog", lambda dialog: (watched.told.setdefault("dialog", []).append("ran"), dialog.dismiss()))
        page.on("requestfailed", lambda request: _stopped(watched, request))
        page.on("request", lambda request: _note(watched, request, (host, "about:", *allowed)))
        for start in range(0, len(names), TOGETHER):
            batch = names[start : start + TOGETHER]
            page.goto(f"{host}/frames-{start}.html", wait_until="load")
            _until(page, lambda batch=batch: all("done" in watched.told[name] for name in batch), patience)
            for frame, name in zip(page.main_frame.child_frames, batch, strict=True):
                if frame.url != f"{host}/{pages[name]}":
                    watched.gone[name] = frame.url
        context.close()
    return watched


def _hear(watched: Watched, frame, what: str) -> None:
    watched.told.setdefault(name_of(frame.url), []).append(what)


def _note(watched: Watched, request, allowed: tuple[str, ...]) -> None:
    if not request.url.startswith(allowed):
        watched.asked.setdefault(name_of(request.frame.url), []).append(request.url)


def _stopped(watched: Watched, request) -> None:
    """A request that the policy stopped never left the browser."""
    asked = watched.asked.get(name_of(request.frame.url), [])
    if request.url in asked and "csp" in (request.failure or "").lower():
        asked.remove(request.url)


def _until(page, finished: Callable[[], bool], patience: float) -> None:
    for _ in range(round(patience / 0.05)):
        if finished():
            return
        page.wait_for_timeout(50)


def hostile_alert(name: str, body: Body) -> Alert:
    """An alert that says the attack in every place that takes text or HTML."""
    text = " ".join(UNFIT.sub(" ", ATTACKS[name]).split())  # as a header is read
    parts = [replace(situation(one.text or text, MALI), prose=one.prose, theme=text) for one in body.sections]
    made = alert("2021-01-27", *parts, title=text, stem=name.lower(), lead=body.lead, authors=(text,))
    images = tuple(replace(image(), alt=one.alt, caption=one.title) for one in body.images)
    links = tuple(Link(link.target, link.place) for link in body.links)
    corrections = (Correction(date=made.date, text=text),)
    return replace(made, summary=text, images=images, links=links, corrections=corrections)


NAMES = {name.lower(): name for name in ATTACKS}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The pages of all attacks and the theme, and the feed; neither pictures nor the search."""
    folder = tmp_path_factory.mktemp("attacks")
    theme, _ = read_theme(folder)
    bodies = {
        name: convert(read_source(text, path="a.md", first_line=5, lang="en"), prefix="p")
        for name, text in ATTACKS.items()
    }
    whole = site(*(hostile_alert(name, body) for name, body in bodies.items()), feed_items=500, page_size=500)
    wanted = [
        output for output in plan_outputs(replace(whole, theme=theme)).outputs
        if isinstance(output, Copy)
        or (isinstance(output, Page) and output.address.startswith("/alerts/2021/"))
        or (isinstance(output, FeedFile) and output.address == urls.feed("/", "rss"))
    ]  # fmt: skip
    with Store(None) as store:
        tools, faults = open_tools(theme, folder, store)
        assert faults == ()
        for _, path, content in render_outputs(wanted, tools):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    (folder / "404.html").write_text("<!doctype html><title>None</title>")
    return folder


def test_no_page_runs_anything_or_needs_its_policy(built, readers):
    pages = {name: f"alerts/2021/{name}/" for name in NAMES}
    assert len(pages) == len(ATTACKS) >= 150
    watched = read_in_frames(readers, built, pages)
    assert not [name for name, said in watched.told.items() if "done" not in said]
    assert watched.faults("ran", "handler", "address") == {}
    assert watched.faults("policy") == {}, "the policy had something to stop"
    assert (watched.asked, watched.gone, watched.windows) == ({}, {}, 0)


def test_no_item_of_a_feed_runs_anything_without_a_policy(built, readers):
    entries = feedparser.parse((built / "feed.xml").read_bytes(), sanitize_html=False).entries
    pages = {}
    for entry in entries:
        name = name_of(entry.link)
        pages[name] = f"feed/{name}.html"
        (built / "feed").mkdir(exist_ok=True)
        html = "".join(f"<div>{part}</div>" for part in (entry.summary, *(one.value for one in entry.content)))
        (built / pages[name]).write_text(f"<!doctype html><meta charset=utf-8><body>{html}", encoding="utf-8")
    assert pages.keys() == NAMES.keys()
    watched = read_in_frames(readers, built, pages, allowed=(HOME,))
    assert not [name for name, said in watched.told.items() if "done" not in said]
    assert watched.faults("ran", "handler", "address", "policy") == {}
    assert (watched.asked, watched.gone, watched.windows) == ({}, {}, 0)


def raw(built: Path, policy: str) -> dict[str, str]:
    """Pages with the attacks as they are, and what a policy in the page says."""
    folder = "raw-with-policy" if policy else "raw"
    (built / folder).mkdir(exist_ok=True)
    head = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">' if policy else ""
    for name, attack in NAMES.items():
        html = f"<!doctype html><meta charset=utf-8>{head}<body><main>{ATTACKS[attack]}"
        (built / folder / f"{name}.html").write_bytes(html.encode("utf-8", "surrogatepass"))
    return {name: f"{folder}/{name}.html" for name in NAMES}


def test_the_attacks_are_real_and_are_seen(built, readers):
    """Without our cleaning the same frames run them, fetch from elsewhere and hold handlers."""
    watched = read_in_frames(readers, built, raw(built, ""), patience=1)
    assert len(watched.faults("ran")) >= 60
    assert len(watched.faults("handler")) >= 30
    assert len(watched.faults("address")) >= 20
    assert len(watched.asked) >= 20


def test_the_policy_alone_keeps_them_from_running(built, readers):
    """Were the cleaning to fail one day, nothing would run and nothing would be fetched from elsewhere all the same."""
    watched = read_in_frames(readers, built, raw(built, PAGE_POLICY), patience=1)
    assert watched.faults("ran") == {}
    assert len(watched.faults("policy")) >= 60
    leaving = re.compile("meta|refresh", re.IGNORECASE)
    asked = {name: found for name, found in watched.asked.items() if found}
    assert {name: found for name, found in asked.items() if not leaving.search(ATTACKS[NAMES[name]])} == {}


def test_the_policy_of_every_page_is_strict(built):
    paths = list(built.glob("alerts/2021/*/index.html"))
    assert paths
    for path in paths:
        page = path.read_text(encoding="utf-8")
        head = page.partition("<body")[0]
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', head)
        assert policy, path
        assert "unsafe" not in policy[1] and "default-src 'none'" in policy[1].replace("&#39;", "'")
        before = head[: policy.start()]
        assert not re.search(r"<(script|link|style|img)\b", before), "the policy holds for what comes after it"
