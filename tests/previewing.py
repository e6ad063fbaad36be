"""The preview of a site, run as a command, and what a browser gets of it."""

import contextlib
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from conftest import SiteFolder
from terminal import COMMAND, NOW


@dataclass
class Desk:
    folder: SiteFolder
    address: str
    """Of the home page, with its last slash."""
    process: subprocess.Popen

    def get(self, path: str = "", **headers: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(urllib.request.Request(self.address + path, headers=headers)) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8", "replace")


@contextlib.contextmanager
def previewed(folder: SiteFolder, *flags: str) -> Iterator[Desk]:
    process = subprocess.Popen(
        [*COMMAND[:1], "-u", *COMMAND[1:], "serve", "--no-open", "--port", "0", "--now", NOW, *flags],
        cwd=folder.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("The preview is at"):
                break
        found = re.search(r"The preview is at (\S+)", said)
        assert found, said
        yield Desk(folder, found[1], process)
    finally:
        process.send_signal(2)
        said, _ = process.communicate(timeout=20)
        assert "Traceback" not in said, said
        assert process.returncode == 0, said
