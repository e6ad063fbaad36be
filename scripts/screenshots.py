"""Take a picture of every page type of the sample: phone and desktop, light and dark.

    make screenshots            all of them, into build/screenshots/
    python scripts/screenshots.py OUT home alert     only these
    python scripts/screenshots.py --readme           the two of the README, into docs/pictures/

Builds the sample in a temporary folder, serves it and opens it in Chromium. Needs the `dev` dependencies.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from shutil import which

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsing import CHROMIUM, DESKTOP, FLAGS, PAGES, PHONE, build_sample, served  # noqa: E402 - from tests/

LONGEST = 6000
"""Pixels of a page that are shown at most."""

PICTURES = ROOT / "docs/pictures"
README = (
    ("home.png", "/", DESKTOP, 1500, 1),
    ("alert-phone.png", "/alerts/2020/nigeria-borno-ethiopia-tigray/", PHONE, 1000, 1.5),
)
"""Pictures of the README: file, address, width, height, pixels of the picture for one of the page."""


def main() -> None:
    """Take the pictures that the command line asks for."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/screenshots"
    kinds = sys.argv[2:] or list(PAGES)
    for_readme = sys.argv[1:] == ["--readme"]
    command = next(filter(None, map(which, CHROMIUM)), None)
    if command is None:
        sys.exit("Chromium is not installed; on Debian and Ubuntu: sudo apt install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        public = build_sample(Path(folder), ROOT / "site.yaml")
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        with served(public) as host:
            if for_readme:
                _take_for_readme(browser, host)
            else:
                out.mkdir(parents=True, exist_ok=True)
                for kind in kinds:
                    _take(browser, host + PAGES[kind], kind, out)
        browser.close()
    print(f"{len(README)} pictures in {PICTURES}" if for_readme else f"{len(kinds) * 4} pictures in {out}")


def _take_for_readme(browser: Browser, host: str) -> None:
    for name, address, width, height, scale in README:
        page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
        _visit(page, host + address)
        Image.open(BytesIO(page.screenshot())).quantize(128).save(PICTURES / name, optimize=True)
        page.close()


def _visit(page: Page, address: str) -> None:
    """Open *address* twice: a first visit may be set in a font of the device."""
    for _ in range(2):
        page.goto(address, wait_until="networkidle")


def _take(browser: Browser, address: str, kind: str, out: Path) -> None:
    for width in (PHONE, DESKTOP):
        for colours in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=colours)
            _visit(page, address)
            height = min(LONGEST, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=out / f"{kind}-{width}-{colours}.png")
            page.close()


if __name__ == "__main__":
    main()
