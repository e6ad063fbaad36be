"""Rich Text Format: what programs write that can do without anything else."""

import re

from alertgen.load.papers.paper import Paper

_PEOPLE = {"author": "author", "operator": "who saved it last", "manager": "manager"}
_PERSON = re.compile(r"\{\\(author|operator|manager)\s+([^{}]*)\}")
_REVISORS = re.compile(r"\\\*\\revtbl\s*((?:\{[^{}]*\}\s*)*)")
_SPELLED = re.compile(r"\\u(-?\d+)\s?(?:\\'[0-9a-fA-F]{2}|\?)?|\\'([0-9a-fA-F]{2})")
_BREAK = re.compile(r"\\(?:par|line|tab|cell|row)\b\s?")
_WORD = re.compile(r"\\[a-zA-Z]+-?\d*\s?|\\\*|[{}\r\n]")


def read_rtf(content: bytes, paper: Paper) -> None:
    """Note in *paper* what the text *content* holds."""
    text = _SPELLED.sub(_sign, content.decode("cp1252", "replace"))
    for what, who in _PERSON.findall(text):
        paper.name(_plain(who), _PEOPLE[what])
    for table in _REVISORS.findall(text):
        for who in re.findall(r"\{([^{}]*?);?\}", table):
            paper.name(_plain(who), "author of a change or comment")
    paper.say(_plain(text))
    if "\\objdata" in text:
        paper.unread["it holds other files"] = None


def _sign(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1]) % 0x10000)
    return bytes.fromhex(found[2]).decode("cp1252", "replace")


def _plain(text: str) -> str:
    return _WORD.sub("", _BREAK.sub("\n", text))
