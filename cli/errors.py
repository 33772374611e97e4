"""Places as people know them: an engine names files from a contract's folder, a person from the tree that it stands in."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import click

from cli.failure import INTERNAL, INTERRUPTED, PIPE_CLOSED, USAGE, CommandFailed, Failure
from cli.terminal import plain
from registry.domain.errors import InterlockError


@contextmanager
def errors_ending(ctx: click.Context) -> Generator[None]:
    """Let no exception out but Click's own: each ends the process with its words and its exit code."""
    try:
        yield
    except InterlockError as error:
        _end(ctx, Failure.of(error))
    except CommandFailed as error:
        _end(ctx, error.failure)
    except (click.ClickException, click.exceptions.Exit):
        raise
    except (KeyboardInterrupt, click.Abort):
        ctx.exit(INTERRUPTED)
    except BrokenPipeError:
        _discard_stdout()
        ctx.exit(PIPE_CLOSED)
    except OSError as error:
        _end(ctx, _unusable(error))
    except Exception as error:  # noqa: BLE001 - the last resort: people get a sentence, not a traceback
        _end(ctx, _unexpected(error))


def show(failure: Failure) -> None:
    """Print `error[code]: place: message` and what to do next."""
    place = f"{plain(failure.place)}: " if failure.place else ""
    label = click.style(f"error[{failure.code}]:", fg="red", bold=True)
    click.echo(f"{label} {place}{_lines(failure.message)}", err=True)
    if failure.next_step:
        click.echo(f"{click.style('next:', bold=True)} {_lines(failure.next_step)}", err=True)


def _end(ctx: click.Context, failure: Failure) -> None:
    show(failure)
    ctx.exit(failure.exit_code)


def _unusable(error: OSError) -> Failure:
    """A file that cannot be read or written; the system says why."""
    return Failure(
        code="file",
        message=f"{error.strerror or error}.",
        place=str(error.filename or ""),
        next_step="Check the path, the permissions and the space that is left.",
        exit_code=USAGE,
    )


def _unexpected(error: Exception) -> Failure:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "an unknown place"
    return Failure(
        code="internal",
        message=f"Sorry, this is a fault of interlock itself: {type(error).__name__} at {where}: {error}",
        place="",
        next_step="Please report it with the line above, the command, and what `interlock --version` says.",
        exit_code=INTERNAL,
    )


def _lines(text: str) -> str:
    """Some tools report several lines; each is made safe by itself."""
    return "\n".join(plain(line) for line in text.splitlines())


def _discard_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's own flush at exit does not complain again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
