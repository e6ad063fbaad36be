"""What can go wrong while rendering, although everything before went well."""

from collections.abc import Iterable

from alertgen.diagnostics import Diagnostic


def is_told(fault: Diagnostic, others: Iterable[Diagnostic]) -> bool:
    """Tell whether *fault* is among *others*, perhaps as it showed on another page."""
    return any((fault.code, fault.at, fault.message) == (other.code, other.at, other.message) for other in others)


class RenderFaultError(Exception):
    """An output cannot be made; `problem` tells the editor which, where and why."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.message)
        self.problem = fault
