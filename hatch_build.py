"""What is done when alertgen is installed as it lies in its folder (`pip install --editable`)."""

import compileall
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledSource(BuildHookInterface[Any]):
    """Compiles the source, as pip does with all that it installs elsewhere.

    Where Python is told to write no bytecode, as in many containers, each start would compile it anew.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, _build_data: dict[str, Any]) -> None:
        """Compile the source if what is built is *version* `editable`; where it cannot be written, nothing is lost."""
        if version == "editable":
            compileall.compile_dir(Path(self.root, "src"), quiet=2)
