"""What a publication left behind, as the next build may look at it."""

from collections.abc import Mapping
from pathlib import Path

from alertgen import MANIFEST
from alertgen.write.census import read_census
from alertgen.write.places import Places


def output_folders(out: Path) -> Mapping[str, int]:
    """Return when each folder of *out* was last changed when the last publication left it; empty when unknown.

    Paths are relative and end in `/`; the top is empty. Moments are nanoseconds, those of `st_ctime`.
    """
    places = Places.of(out)
    return {folder: here for folder, (here, _) in read_census(places, places.out / MANIFEST).folders.items() if here}
