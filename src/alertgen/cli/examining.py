"""`alertgen doctor` and `alertgen verify`: whether the machine, and a published copy, are as they should be."""

from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from alertgen import MANIFEST, OUTPUT
from alertgen.cli import CONTENT, MACHINE, OK
from alertgen.cli.options import Folder, folder_option, short, today_option
from alertgen.cli.streams import painter, say
from alertgen.text import counted


@click.command("doctor")
@folder_option
@today_option
def doctor_command(site: Path, now: datetime) -> int:
    """Say whether this computer and this folder are ready.

    It checks what a build needs and what earlier builds left behind, and says what to do about each problem.
    """
    from alertgen.tools.doctor import examine  # brings Pillow along

    paint = painter()
    ill = 0
    for finding in examine(site, now):
        mark = "ok  " if finding.ok else paint("warning", "look")
        say(f"{mark}  {finding.what}: {finding.found}")
        if not finding.ok:
            ill += 1
            say(f"      {paint('hint', 'hint')}: {finding.cure}")
    say("All is well." if not ill else f"{counted(ill, 'thing needs', 'things need')} a look.")
    return MACHINE if ill else OK


@click.command("verify")
@click.argument("folder", type=Folder(), required=False)
@folder_option
@click.option(
    "--manifest", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="List of files to compare with.  [default: that of public/ of the site, else the one in FOLDER]",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Count files that alertgen did not make as differences, too.")
@click.pass_context
def verify_command(ctx: click.Context, folder: Path | None, site: Path, manifest: Path | None, strict: bool) -> int:
    """Compare a copy of the site with what was built.

    FOLDER is a copy fetched from a server; it is compared with public/ of the site, so that a copy of an earlier build
    is found out. Without FOLDER, public/ itself is compared with what was built. Every file is compared byte for byte,
    by its checksum (SHA-256).
    """
    from alertgen.write.verify import Kind, verify

    public = site / OUTPUT
    copy = folder or public
    built = public / MANIFEST
    is_named = ctx.get_parameter_source("site") is not ParameterSource.DEFAULT
    differences = verify(copy, manifest or (built if is_named or built.is_file() else None))
    for difference in differences:
        say(f"{difference.kind}: {difference.path}")
    wrong = [one for one in differences if strict or one.kind is not Kind.FOREIGN]
    if wrong:
        say(f"{short(copy.resolve())} is not what was built: {counted(len(wrong), 'file differs', 'files differ')}.")
        return CONTENT
    say(f"{short(copy.resolve())} is what was built, byte for byte.")
    return OK
