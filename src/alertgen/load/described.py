"""Whether words describe a picture, for those who cannot see it."""

import re

from alertgen.patterns import late

_NO_DESCRIPTION = late(
    r".*\.(?:jpe?g|png|webp|avif|gif|tiff?|heic)|(?:image|photo|picture|img|dsc|untitled|alt(?: text)?)[\s\d_.-]*",
    re.IGNORECASE,
)


def describes_a_picture(words: str) -> bool:
    """Tell whether *words* say what a picture shows: the name of its file, or just "photo", does not."""
    return bool(words) and not _NO_DESCRIPTION.fullmatch(words)
