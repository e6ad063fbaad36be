"""The wheel, installed into a fresh virtual environment, builds a folder that holds site.yaml and one alert."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

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
