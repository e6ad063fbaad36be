"""What can go wrong while rendering, although everything before went well."""

from alertgen.diagnostics import Diagnostic


class RenderFaultError(Exception):
    """An output cannot be made; `problem` tells the editor which, where and why."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.message)
        self.problem = fault
