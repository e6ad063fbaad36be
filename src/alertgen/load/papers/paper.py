"""What is found in a PDF or office file, whatever its form."""

from alertgen.patterns import late
from alertgen.records import dataclass, field

MOST_INFLATED = 64 * 1024 * 1024
"""Bytes that are unpacked of one file; a few kilobytes can unpack to any number."""
_EXIF = b"Exif\0\0"
_START_OF_PICTURE = 64 * 1024
_ACCOUNT = late(r"(?:(?<!\w)[A-Za-z]:[\\/]+Users|(?<![\w.-])/(?:Users|home))[\\/]+([^\\/\s\"<>|:()&]+)")
_NOBODY = frozenset(
    {"", "author", "user", "unknown", "anonymous", "owner", "none", "admin", "administrator", "shared", "public"}
    | {"microsoft office user", "windows user", "un-named", "unnamed"}
    | {"openpyxl", "python-docx", "apache poi", "writer", "word", "calc"}
)
"""What stands for a name where programs know none."""
_PROPERTIES = (
    ("who sent it by e-mail", late(r"_AuthorEmail(?:DisplayName)?")),
    ("who labelled it", late(r"MSIP_Label_.+_Owner")),
    ("who had it in SharePoint", late(r"display_urn:.+|SharedWithUsers")),
    ("named in a property", late(r"(?i:owner|editor|typist|checked by|recorded by|received from|forward to)")),
)
"""Properties that name somebody, beside author and editor: as Outlook, labels of sensitivity and SharePoint write them
into office files, and as Word offers them. A PDF made of such a file has them as well."""


def told_by_property(name: str) -> str:
    """Return as what the property called *name* names somebody; nothing if it does not."""
    return next((what for what, pattern in _PROPERTIES if pattern.fullmatch(name)), "")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is named beside what a file shows."""

    who: str
    what: str
    """As what, such as `author`."""


@dataclass(slots=True)
class Paper:
    """What is found in a file while it is taken apart."""

    kind: str
    """What it is called, such as `PDF file`."""
    named: dict[Named, None] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    """Whatever can be read in it."""
    closed: str = ""
    """Why nobody can tell whom it names; empty when it can be told."""
    unread: dict[str, None] = field(default_factory=dict)
    """Reasons why there may be more to read than `texts`."""
    room: int = MOST_INFLATED
    """Bytes that may still be unpacked."""

    def take_room_for(self, unpacked: bytes) -> bool:
        """Take the room that *unpacked* needs; tell whether there is so much."""
        self.room -= len(unpacked)
        if self.room >= 0:
            return True
        self.room = 0
        self.closed = "it unpacks to more than is looked through"
        return False

    def name(self, who: str, what: str) -> None:
        """Note that *who* is named as *what*, if it is somebody."""
        who = " ".join(who.encode("utf-8", "replace").decode().split())
        if who.lower() not in _NOBODY:
            self.named[Named(who, what)] = None

    def say(self, text: str) -> None:
        """Note that *text* stands beside what is shown, where a path names whose computer it is."""
        self.texts.append(text)
        for found in _ACCOUNT.finditer(text) if "Users" in text or "/home" in text else ():
            self.name(found[1], "in a path of their computer")

    def picture(self, content: bytes) -> None:
        """Note whether the picture *content* tells of its camera."""
        if content.startswith(b"\xff\xd8") and _EXIF in content[:_START_OF_PICTURE]:
            self.named[Named("", "a photo in it tells of its camera, and perhaps where it was taken (Exif)")] = None

    def take_in(self, other: "Paper") -> None:
        """Note what was found in *other*, a file within this one."""
        self.named |= other.named
        self.texts += other.texts
        self.unread |= other.unread
        self.closed = self.closed or (other.closed and f"it holds another file, and {other.closed}")
        self.room = other.room
