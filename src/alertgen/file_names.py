"""What the name of a file says of it: what it is for, and whether every computer can have it."""

import re
from posixpath import splitext

from alertgen.patterns import late

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"))
)
"""What Windows takes for a device, not for a file or folder."""
_OF_PROGRAMS = re.compile(r"~\$.*|.*~|#.*#|(eh)?thumbs\.db|desktop\.ini|icon\r", re.IGNORECASE | re.DOTALL)
"""Names of files that nobody wrote: locks of Office, back-ups of editors, and what a system notes of a folder."""
_FOLDERS_OF_PROGRAMS = frozenset(
    ("@eadir", "#recycle", "#snapshot", "$recycle.bin", "recycler", "system volume information", "__macosx")
)
"""Folders that nobody made: what NAS devices and Windows keep beside the files of a disk, and a Mac in an archive."""
_NOTES_OF_SYSTEMS = re.compile(r"\.ds_store|\._.*|(?:eh)?thumbs\.db", re.IGNORECASE | re.DOTALL)
"""What Macs and Windows note of the files in a folder, also of those that are gone: names, and small pictures."""
_COPIED = late(
    r"(?:cop(?:y|ie) (?:of|de) |kopie von )?(.+?)"
    r"(?: \([^()]+\)| - (?:cop(?:y|ie|ia)|kopi[ea])| (?:cop(?:y|ie)|kopie)(?: \d+)?| \d{1,2}"
    r"|\.sync-conflict-[\w-]+|_conflict-\d[\d-]+|-(?:DESKTOP|LAPTOP)-[0-9A-Z]{5,8})*",
    re.IGNORECASE,
)
"""How programs call copies: `name (1)`, `name 2`, `name - Copy`, `Copy of name`, `name (somebody's conflicted copy)`.

OneDrive puts the name of the computer behind it; those that Windows gives are known.
"""
_LIKE_A_COPY = (" ", ".sync-", "_conflict-", "-desktop-", "-laptop-")
_IN_ICLOUD = ".icloud"
_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff"))
_OFFICE_TEXTS = frozenset((".doc", ".docx", ".odt", ".rtf", ".pages", ".gdoc"))
_PLAIN_TEXTS = frozenset((".markdown", ".mdown", ".mkd", ".mdx", ".txt", ".rst", ".html", ".htm"))
_ATTACHED = frozenset(
    (
        *(".pdf", ".epub", ".xls", ".xlsx", ".ods", ".csv", ".tsv", ".ppt", ".pptx", ".odp", ".zip", ".kml", ".kmz"),
        *(".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".mov", ".webm", ".avi"),
    )
)

_LEFT_OVER = frozenset(
    (".bak", ".backup", ".old", ".orig", ".rej", ".tmp", ".temp", ".log", ".part", ".crdownload", ".sql", ".dump")
)
_PROGRAMS = frozenset(
    (
        *(".php", ".php3", ".php4", ".php5", ".php7", ".phtml", ".asp", ".aspx", ".jsp", ".cgi", ".pl", ".py", ".rb"),
        *(".sh", ".bash", ".bat", ".cmd", ".ps1", ".vbs"),
    )
)
_FOR_BROWSERS = frozenset((".css", ".js", ".mjs", ".cjs", ".map", ".svg"))
_TABLES = frozenset((".csv", ".tsv", ".tab"))
_PASSWORDS = late(
    r"(?:passw(?:or)?ds?|passw(?:o|ö)rt(?:er)?|mots? de passe|contraseñas?|senhas?|паролі?)\W*\d*", re.IGNORECASE
)
_LICENCE = late(
    r".*licen[cs]e|.*licencia|ofl\b|copying|copyright|notice|authors|readme|contributors|fontlog", re.IGNORECASE
)


def ending(path: str) -> str:
    """Return the ending of the file *path*, such as `.md`, in small letters."""
    return splitext(path)[1].lower()


def is_device(name: str) -> bool:
    """Tell whether Windows can have no file or folder called *name*, whatever its ending."""
    return name.partition(".")[0].lower() in _DEVICES


def is_picture(path: str) -> bool:
    """Tell whether *path* ends like the pictures that can be published."""
    return ending(path) in _PICTURES


def is_attached(path: str) -> bool:
    """Tell whether *path* looks as if readers were meant to fetch it, beside the texts."""
    return ending(path) in _ATTACHED


def is_written(path: str) -> bool:
    """Tell whether *path* looks like a text, but not like one that alertgen reads."""
    return ending(path) in _PLAIN_TEXTS | _OFFICE_TEXTS


def is_left_over(path: str) -> bool:
    """Tell whether *path* looks like a back-up, or like what a program wrote down for itself."""
    return ending(path) in _LEFT_OVER


def is_program(path: str) -> bool:
    """Tell whether *path* looks like a program that a server or somebody's computer runs."""
    return ending(path) in _PROGRAMS


def is_for_browsers(path: str) -> bool:
    """Tell whether *path* looks like what browsers fetch for a page: a style, a script, a drawing."""
    return ending(path) in _FOR_BROWSERS


def is_table(path: str) -> bool:
    """Tell whether *path* looks like a table in plain text."""
    return ending(path) in _TABLES


def is_for_passwords(path: str) -> bool:
    """Tell whether somebody seems to keep passwords in the file *path*."""
    stem = splitext(path)[0].rpartition("/")[2].replace("-", " ").replace("_", " ")
    return bool(_PASSWORDS.fullmatch(stem)) and not (is_for_browsers(path) or is_picture(path))


def is_licence(path: str) -> bool:
    """Tell whether *path* looks like what says who made other files, and what may be done with them."""
    return bool(_LICENCE.match(path.rpartition("/")[2]))


def is_office_text(path: str) -> bool:
    """Tell whether *path* looks like a text of an office program."""
    return ending(path) in _OFFICE_TEXTS


def is_of_programs(name: str) -> bool:
    """Tell whether nobody wrote the file called *name*, but a program left it there."""
    return bool(_OF_PROGRAMS.fullmatch(name))


def is_folder_of_programs(name: str) -> bool:
    """Tell whether nobody made the folder called *name*, but a system keeps its own there, or what was deleted."""
    return name.lower() in _FOLDERS_OF_PROGRAMS


def is_note_of_system(path: str) -> bool:
    """Tell whether the file *path* is one that a system keeps beside others, and makes again when it needs it."""
    *folders, name = path.split("/")
    return bool(_NOTES_OF_SYSTEMS.fullmatch(name)) or any(map(is_folder_of_programs, folders))


def note_for(name: str) -> str:
    """Return the name of the hidden note that iCloud puts in the place of the file called *name*."""
    return f".{name}{_IN_ICLOUD}"


def stands_for(name: str) -> str:
    """Return the name of the file that such a note called *name* stands for; nothing when it is none."""
    return name[1 : -len(_IN_ICLOUD)] if name.startswith(".") and name.endswith(_IN_ICLOUD) else ""


def original_of(stem: str) -> str:
    """Return what the file would be called of which one called *stem*, without its ending, looks like a copy."""
    lowered = stem.lower()
    if not any(map(lowered.__contains__, _LIKE_A_COPY)):
        return ""
    copied = _COPIED.fullmatch(stem)
    return copied[1] if copied and copied[1] != stem else ""
