"""Questions in a terminal: each answer is checked at once, and asked for again when it cannot be taken."""

from collections.abc import Callable
from typing import TypeVar

import click

from alertgen.cli.streams import say
from alertgen.load.keys.fields import FaultError

Value = TypeVar("Value")


def ask(question: str, read: Callable[[str], Value], *, default: str = "", help: str = "") -> Value:
    """Ask *question* until *read* can take the answer; *default* is what the Enter key alone answers.

    Raises:
        click.Abort: whoever is asked gives up (Ctrl-C, or the end of the input).
    """
    say()
    while True:
        if help:
            say(help)
        answer = click.prompt(question, default=default, show_default=bool(default))
        try:
            return read(answer.strip())
        except FaultError as fault:
            say(f"  {fault.message}" + (f"\n  hint: {fault.hint}" if fault.hint else ""))
