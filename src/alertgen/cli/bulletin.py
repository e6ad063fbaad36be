"""Reading the bulletin that a command asks about, or telling why it cannot be read."""

from pathlib import Path

from alertgen.cli.streams import painter, say
from alertgen.load.series import Series, read_series
from alertgen.report import format_problem
from alertgen.store import Store, memory_file


def series_or_report(site: Path) -> Series | None:
    """Read the bulletin in the folder *site*; when its site.yaml cannot be used, tell why on the error stream.

    The other stream is for what the command makes, which another program may read.
    """
    with Store(memory_file(site)) as memory:
        series = read_series(site, memory)
    if isinstance(series, Series):
        return series
    for problem in series:
        say(format_problem(problem, painter(err=True)) + "\n", err=True)
    return None
