"""The wheel, installed into a fresh virtual environment, builds a folder that holds site.yaml and one alert."""

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest

from alertgen import MANIFEST

ROOT = Path(__file__).parent.parent
ALERT = "---\ntitle: Fighting in Sudan\ndate: 2026-11-04\ncountry: SD\n---\nWhat happened.\n"


def run(*command, cwd, **environment):
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT), cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_the_theme_the_data_and_the_licence(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "static"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file():
                assert f"alertgen/theme/{file.relative_to(ROOT).as_posix()}" in names
    assert {"alertgen/data/countries.csv", "alertgen/data/vocabularies.yaml", "alertgen/py.typed"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("alerts/", "tests/"))]


@pytest.mark.slow
def test_the_wheel_builds_a_site_in_a_fresh_environment(wheel, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel), cwd=tmp_path)
    site = tmp_path / "site"
    (site / "alerts").mkdir(parents=True)
    (site / "site.yaml").write_text("title: Small Bulletin\nbase_url: https://small.example.org/\n", encoding="utf-8")
    (site / "alerts/2026-11-04-sudan.md").write_text(ALERT, encoding="utf-8")
    told = run(python, "-m", "alertgen", "build", cwd=site, PYTHONPATH="")
    assert "Built" in told
    page = (site / "public/alerts/2026/sudan/index.html").read_text(encoding="utf-8")
    assert "Fighting in Sudan" in page
    assert (site / "public/countries/sudan/index.html").is_file()
    assert (site / "public/feed.xml").is_file()
    as_a_new_user_would(python, tmp_path / "desk")
    as_developers_do(python, tmp_path / "clone")


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info >= (3, 13), reason="the oldest packages have no wheels for this Python")
def test_the_oldest_packages_that_are_allowed_make_the_same_site(wheel, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    oldest = oldest_requirements(wheel)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel), *oldest, cwd=tmp_path)
    sample = tmp_path / "sample"
    sample.mkdir()
    shutil.copy(ROOT / "site.yaml", sample)
    for name in ("alerts", "pages", "static", "templates"):
        shutil.copytree(ROOT / name, sample / name)
    for file in (sample / "alerts").rglob("*.md"):  # without pictures, of which each byte is Pillow's doing
        file.write_text(re.sub(r"(?m)^image.*\n(  .*\n)*", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    built = {}
    for which, by in (("oldest", python), ("newest", sys.executable)):
        shutil.rmtree(sample / ".alertgen", ignore_errors=True)
        run(by, "-m", "alertgen", "build", "--out", which, cwd=sample, PYTHONPATH="")
        built[which] = {
            file.relative_to(sample / which): file.read_bytes()
            for file in (sample / which).rglob("*")
            if file.suffix in TEXTS and file.name != MANIFEST and file.parent.name != "pagefind"
        }
    assert len(built["newest"]) > 300
    assert built["oldest"] == built["newest"]
    assert '"title"' in run(python, "-m", "alertgen", "schema", cwd=sample, PYTHONPATH="")


TEXTS = (".html", ".xml", ".json", ".css", ".js", ".csv", ".md", ".txt", ".bib", ".ris", ".svg")
"""Files in which each byte is our doing; cards are Pillow's, and the search is Pagefind's."""


def oldest_requirements(wheel):
    """Return the oldest version of each package that *wheel* needs at any time."""
    with zipfile.ZipFile(wheel) as file:
        metadata = next(name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        needed = BytesParser().parsebytes(file.read(metadata)).get_all("Requires-Dist", [])
    found = [re.fullmatch(r"([\w.-]+)[^;]*?>=([\w.]+)[^;]*", one) for one in needed if "extra ==" not in one]
    assert found
    assert all(found)
    return [f"{one[1]}=={one[2]}" for one in found]


def as_developers_do(python, clone):
    """Installed from its folder it is compiled, also where Python is told to write no bytecode."""
    clone.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-SAMPLE-TEXT.md", "hatch_build.py"):
        shutil.copy(ROOT / name, clone)
    for name in ("src", "templates", "static"):
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--editable")
    run(python, *install, str(clone), cwd=clone, PYTHONDONTWRITEBYTECODE="1")
    modules = {file.relative_to(clone).parent / file.stem for file in clone.rglob("src/alertgen/**/*.py")}
    compiled = {file.relative_to(clone).parent.parent / file.name.split(".")[0] for file in clone.rglob("*.pyc")}
    assert compiled == modules


def as_a_new_user_would(python, desk):
    """The commands of the README, in an empty folder: init, new, write, break, mend, build, look."""
    desk.mkdir()
    assert "Next: cd my-bulletin" in run(python, "-m", "alertgen", "init", "my-bulletin", cwd=desk)
    site = desk / "my-bulletin"
    told = run(python, "-m", "alertgen", "new", "--country", "Sudan", "--date", "2026-11-04", cwd=site)
    file = site / told.removeprefix("Wrote ").partition(", a draft")[0]
    text = file.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "TODO" not in line and line != "draft: true"]
    file.write_text("\n".join([*lines, "What happened."]).replace("country: SD", "country: Sudann"), encoding="utf-8")
    broken = subprocess.run(
        [python, "-m", "alertgen", "build"], cwd=site, capture_output=True, text=True, encoding="utf-8"
    )
    assert broken.returncode == 1
    assert f"{file.relative_to(site).as_posix()}:5:10: error[unknown-country]" in broken.stdout
    assert "hint: did you mean Sudan (SD)?" in broken.stdout
    assert broken.stdout.endswith("Nothing was written; there is no site in public/ yet.\n")
    file.write_text(file.read_text(encoding="utf-8").replace("Sudann", "Sudan"), encoding="utf-8")
    assert "Next: open public/index.html" in run(python, "-m", "alertgen", "build", cwd=site)
    assert "Sudan" in (site / "public/index.html").read_text(encoding="utf-8")
    default = re.search(r"^The default is (.+)$", run(python, "-m", "alertgen", "explain", "home.html", cwd=site), re.M)
    assert Path(default[1]).is_file()
