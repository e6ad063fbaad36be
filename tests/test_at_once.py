"""Several builds of one site at once, and a build beside a preview: one right site, and everybody is told."""

import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from conftest import SiteFolder
from copies import tree
from previewing import previewed
from terminal import COMMAND, alertgen

SITE_YAML = "title: Test Alert\nbase_url: https://example.org/\nsearch: false\n"
HELD = re.compile(
    rf"Another build of this site is running \(process \d+ on {re.escape(socket.gethostname())}, since 20"
)


def desk_of(site: Callable[..., SiteFolder]) -> SiteFolder:
    folder = site()
    folder.write("site.yaml", SITE_YAML)
    for number in range(1, 21):
        head = f"title: Week {number}\ndate: 2026-10-{number:02}\ncountry: SD\n"
        folder.write(f"alerts/a{number}.md", f"---\n{head}---\n\nWhat happened.\n")
    return folder


def built_alone(folder: SiteFolder, beside: Path) -> tuple[dict[str, str], bytes]:
    shutil.copytree(folder.root, beside, ignore=shutil.ignore_patterns("public", ".alertgen", ".public.alertgen"))
    assert alertgen("build", cwd=beside).code == 0
    return tree(beside / "public"), (beside / "published.json").read_bytes()


def begin(folder: SiteFolder, number: int) -> list[subprocess.Popen[str]]:
    return [
        subprocess.Popen(
            [*COMMAND, "build"], cwd=folder.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(number)
    ]


def end(builds: list[subprocess.Popen[str]]) -> int:
    """Wait for *builds*; each ends well or says who was first. Return how many ended well."""
    said = [build.communicate(timeout=240) for build in builds]
    for build, (out, err) in zip(builds, said, strict=True):
        assert "Traceback" not in err
        if build.returncode == 0:
            assert "Built" in out or "Nothing has changed" in out
        else:
            assert build.returncode == 3, (out, err)
            assert HELD.search(err), err
            assert "Nothing was written" in err
    return sum(build.returncode == 0 for build in builds)


def test_ten_builds_at_once_end_in_one_right_site(site: Callable[..., SiteFolder], tmp_path: Path) -> None:
    folder = desk_of(site)
    alone = built_alone(folder, tmp_path / "alone")
    assert end(begin(folder, 10)) >= 1
    assert (tree(folder.path("public")), folder.path("published.json").read_bytes()) == alone
    assert alertgen("verify", cwd=folder.root).code == 0
    assert not folder.path(".alertgen/lock.json").exists()


def test_a_build_beside_a_preview_disturbs_neither(site: Callable[..., SiteFolder], tmp_path: Path) -> None:
    folder = desk_of(site)
    with previewed(folder) as there:
        before = there.get("alerts/2026/a3/")
        assert before[0] == 200
        for edition in range(2):
            folder.edit("alerts/a3.md", "What happened" + "." * (edition + 1), "What happened" + "." * (edition + 2))
            builds = begin(folder, 2)
            assert there.get("alerts/2026/a4/")[0] == 200, "the preview answers meanwhile"
            assert end(builds) >= 1
        assert there.get("feed.xml")[0] == 200
        assert there.process.poll() is None
    alone = built_alone(folder, tmp_path / "alone")
    assert (tree(folder.path("public")), folder.path("published.json").read_bytes()) == alone
