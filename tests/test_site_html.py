"""Every page of the sample before the Nu HTML checker, and the weight of what comes before the first paint."""

import gzip
import re
import subprocess

from browsing import ROOT, host, missing, needed, public

__all__ = ["host", "public"]

CHECKER = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
ALERT_BUDGET, MAP_BUDGET = 14 * 1024, 40 * 1024
"""Bytes of HTML and style sheets, compressed, on an alert page and on a page with the world map."""


def test_every_page_is_valid_without_a_warning(public, host):
    """The pages are read from a host: the checker knows no `'self'` for files, so it would warn of their policy."""
    java = needed("java")
    if not CHECKER.is_file():
        missing("the Nu HTML checker is not installed (npm ci)")
    pages = [path.relative_to(public).as_posix().removesuffix("index.html") for path in sorted(public.rglob("*.html"))]
    command = [java, "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(CHECKER), "--format", "gnu"]
    done = subprocess.run([*command, *(f"{host}/{page}" for page in pages)], capture_output=True, text=True)
    assert len(pages) > 100
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_what_comes_before_the_first_paint_is_small(public):
    alerts = {path: weight(public, path) for path in sorted(public.glob("**/alerts/20*/*/index.html"))}
    assert len(alerts) == 20
    assert {str(path): size for path, size in alerts.items() if size > ALERT_BUDGET} == {}
    assert weight(public, public / "index.html") <= MAP_BUDGET
    assert weight(public, public / "countries/index.html") <= MAP_BUDGET


def weight(public, page):
    """Bytes of a page and its style sheets for the screen, each compressed by itself."""
    html = page.read_text(encoding="utf-8")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', html)
    assert sheets
    files = [page, *((page.parent / sheet).resolve() for sheet in sheets)]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_no_page_has_inline_style_or_script(public):
    for path in public.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", html), path
        for script in re.findall(r"<script\b[^>]*>", html):
            assert "src=" in script or 'type="application/ld+json"' in script, path
