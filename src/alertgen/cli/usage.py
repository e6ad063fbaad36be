"""Wrong usage in an editor's words: what was typed, what is wrong with it, what to type instead."""

import re

import click

from alertgen.text import listed, suggestions

_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*)\)")


class WrongUseError(click.UsageError):
    """Something on the command line that cannot be taken: one sentence without a full stop, and what to do about it."""

    def __init__(self, message: str, hint: str = "", ctx: click.Context | None = None) -> None:
        super().__init__(message, ctx)
        self.hint = hint


def flag(param: click.Parameter | None) -> str:
    """Return the name of *param* as one types it: `--site`, or `FOLDER`."""
    if param is None:
        return "value"
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name.rstrip(".")


def in_words(error: click.ClickException) -> tuple[str, str]:
    """Return the message of *error* and a hint."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    help_ = f"`{context.command_path if context else 'alertgen'} --help` lists all that can be written here"
    match error:
        case WrongUseError():
            return error.message, error.hint or help_
        case click.NoSuchOption():
            near = _flags_like(error.option_name, context)
            return f'there is no flag "{error.option_name}"', f"did you mean {listed(near)}?" if near else help_
        case click.MissingParameter():
            about = error.param.help if isinstance(error.param, click.Option) and error.param.help else help_
            return f"{flag(error.param)} is missing", about
        case click.BadParameter():
            return f"{flag(error.param)}: {_unfit(error)}", help_
        case click.BadOptionUsage():
            return f"{error.option_name} needs a value behind it", "--help behind the command shows what it takes"
    too_many = _TOO_MANY.match(error.message)
    if too_many:
        return f'"{too_many[1]}" is more than this command takes', help_
    return error.format_message(), help_


def _unfit(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        return f"{error.message.partition(' is ')[0]} is no whole number from {kind.min} to {kind.max}"
    return error.message.rstrip(".")


def _flags_like(typed: str, context: click.Context | None) -> tuple[str, ...]:
    known = [name for param in context.command.get_params(context) for name in param.opts] if context else []
    bare = {name.lstrip("-"): name for name in known if name.startswith("--")}
    return tuple(bare[name] for name in suggestions(typed.lstrip("-"), bare))
