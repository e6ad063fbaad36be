"""The built sample, served as a host serves it, and a browser to read it with."""

import contextlib
import gzip
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from alertgen.build import build
from alertgen.write.lock import lock
from conftest import NOON

ROOT = Path(__file__).parent.parent
BASE = "https://alerts.example.org/"
"""Address of the sample publication."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WITHOUT_WINDOWS = ("chromium-headless-shell", *CHROMIUM)
"""The one that draws no windows around its pages takes half of the time, where a system has it."""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ZIPPED = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""What a host sends compressed."""

AT_ONCE = threading.Event()
AT_ONCE.set()

PHONE, DESKTOP = 390, 1280
ALERT = "/alerts/2025/sudan-israel-opt-human-rights-council/"
PAGES = {
    "home": "/",
    "alert": ALERT,
    "alert-of-one-country": "/alerts/2024/haiti-pont-sonde/",
    "alert-in-arabic": "/ar/alerts/2021/car-state-of-emergency/",
    "home-in-arabic": "/ar/",
    "home-in-french": "/fr/",
    "archive": "/alerts/",
    "year": "/alerts/2021/",
    "countries": "/countries/",
    "country": "/countries/china/",
    "risks": "/risks/",
    "risk": "/risks/war-crimes/",
    "search": "/search/?q=hospital",
    "search-in-arabic": "/ar/search/",
    "subscribe": "/subscribe/",
    "corrections": "/corrections/",
    "data": "/data/",
    "standing": "/about/",
    "not-found": "/nothing/is/here/",
}
"""Every page type, by its address in the sample."""


def needed(*commands: str) -> str:
    """The path of the first of *commands* that is there; without any, fail where CI is set and skip elsewhere."""
    found = next(filter(None, map(shutil.which, commands)), None)
    if found is None:
        missing(f"{commands[0]} is not installed")
    return str(found)


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


class Host(http.server.BaseHTTPRequestHandler):
    """Serves a folder below a prefix: compressed, with the 404 page, and with far-off expiry for named-by-content."""

    protocol_version = "HTTP/1.1"
    root: Path
    prefix: str
    fonts: threading.Event

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = self.root / path.removeprefix(self.prefix).lstrip("/")
        if path.endswith("/"):
            file /= "index.html"
        found = path.startswith(self.prefix) and file.is_file()
        self._send(file if found else self.root / "404.html", 200 if found else 404)

    def _send(self, file: Path, status: int) -> None:
        content = file.read_bytes()
        if file.suffix == ".woff2":
            self.fonts.wait(60)
        kind = ZIPPED.get(file.suffix)
        if kind:
            content = gzip.compress(content, 9, mtime=0)
        self.send_response(status)
        self.send_header("Content-Type", kind or {".avif": "image/avif"}.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        if kind:
            self.send_header("Content-Encoding", "gzip")
        named = file.relative_to(self.root).parts[0] in ("static", "images", "cards")
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if named else "no-cache")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the browser has left the page
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(root: Path, prefix: str = "", fonts: threading.Event = AT_ONCE) -> Iterator[str]:
    """Serve *root*, its fonts not before *fonts* is set; give the address of its home page, without the last slash."""
    handler = type("Here", (Host,), {"root": root, "prefix": prefix, "fonts": fonts})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()


def build_sample(folder: Path, config: Path) -> Path:
    """Build the sample in *folder*, from what is there already and else from the repository; return its output."""
    for name in ("alerts", "pages"):
        if not (folder / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    if not (folder / "site.yaml").exists():
        shutil.copy(config, folder)
    report = build(folder, folder / "public", now=NOON)
    assert report.problems == (), report.problems
    return folder / "public"


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample publication, built; most of a minute goes into its pictures, so all modules and processes share it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sample"
    folder.mkdir(exist_ok=True)
    with lock(folder / "turns", wait=600):
        return folder / "public" if (folder / "public").exists() else build_sample(folder, ROOT / "site.yaml")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the sample with an archive of several pages, and a sensitive picture in the alert of Pont-Sondé."""
    folder = tmp_path_factory.mktemp("small")
    for year in ("2017", "2018", "2019", "2022", "2024"):
        shutil.copytree(ROOT / "alerts" / year, folder / "alerts" / year)
    (folder / "site.yaml").write_text((ROOT / "site.yaml").read_text("utf-8") + "page_size: 5\n", encoding="utf-8")
    (folder / "alerts/2024").joinpath("grey.png").write_bytes(_grey())
    alert = next((folder / "alerts/2024").glob("*pont-sonde.md"))
    text = alert.read_text(encoding="utf-8")
    start = text.index("image_alt:")
    alert.write_text(f'{text[:start]}image_sensitive: "A grey test picture."\n{text[start:]}', encoding="utf-8")
    return build_sample(folder, ROOT / "site.yaml")


def _grey() -> bytes:
    from io import BytesIO

    content = BytesIO()
    Image.new("RGB", (1200, 800), "#888").save(content, "PNG")
    return content.getvalue()


@pytest.fixture(scope="session")
def host(public: Path) -> Iterator[str]:
    """Address of the served sample."""
    with served(public) as address:
        yield address


@cache
def _playwright() -> Playwright:
    """One for the process, since each module that imports the fixture below has its own."""
    return sync_playwright().start()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with launched() as browser:
        yield browser


@contextlib.contextmanager
def launched(*commands: str, **environment: str) -> Iterator[Browser]:
    """Start the system's Chromium, or the first of *commands*, with *environment* on top of ours."""
    command = needed(*(commands or WITHOUT_WINDOWS))
    with nullcontext(_playwright()) as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS, env=os.environ | environment)
        yield browser
        browser.close()


SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.shifts += entry.value;
})).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Reader:
    """A reader's window, and what went over the wire and into the console."""

    context: BrowserContext
    page: Page
    requests: list[Request] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open *address* and wait until nothing more comes; what a script fetches takes a moment longer."""
        self.page.goto(address, wait_until="networkidle" if "/search/" in address else "load")

    def urls(self) -> list[str]:
        return [request.url for request in self.requests]

    def watch_shifts(self) -> None:
        """From the next page on, add up how far things jump."""
        self.page.add_init_script(SHIFTS)

    def shifted(self) -> float:
        """How far things jumped, read to the end of the page (cumulative layout shift)."""
        self.page.mouse.wheel(0, 20_000)
        self.page.wait_for_timeout(200)
        return self.page.evaluate("window.shifts")

    def set_in(self, selector: str) -> set[str]:
        """Names of the fonts in which the first element that matches is set."""
        session = self.context.new_cdp_session(self.page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        return {font["familyName"] for font in fonts}


@contextlib.contextmanager
def reader(chromium: Browser, *, width: int = DESKTOP, dark: bool = False, script: bool = True) -> Iterator[Reader]:
    """Open a window *width* pixels wide."""
    context = chromium.new_context(
        viewport={"width": width, "height": 844 if width < 600 else 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        device_scale_factor=2 if width < 600 else 1,
    )
    page = context.new_page()
    there = Reader(context, page)
    page.on("request", lambda request: there.requests.append(request))
    page.on("console", lambda message: there.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: there.said.append(str(error)))
    yield there
    context.close()
