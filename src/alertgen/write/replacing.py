"""A single file, replaced at once."""

import os
from pathlib import Path

from alertgen.write.tree import sync_file, sync_folder, write_new


def replace_file(file: Path, content: bytes) -> None:
    """Make *file* hold *content*: at every moment it is the whole old or the whole new one.

    Raises:
        OSError: the system refuses it; *file* is as it was.
    """
    temporary = file.with_name(f".{file.name}.alertgen-new")
    temporary.unlink(missing_ok=True)
    try:
        write_new(temporary, content)
        sync_file(temporary)
        os.replace(temporary, file)  # noqa: PTH105
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(file.parent)
