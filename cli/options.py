"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cli.connection import Connection
from cli.given import Given
from cli.rendering.formats import JSON, TEXT, ReportOutput, report_formats
from cli.types import MOMENT, REPORT_FILE
from registry.domain.policy import Allowance, ComparisonPolicy, ProtobufPolicy
from registry.engines.documents.limits import Limits

DEFAULT_SERVER = "http://127.0.0.1:8600"


def report_output(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that print findings; they come in as one `output`."""

    @click.option(
        "--format",
        "format_name",
        type=click.Choice(report_formats()),
        default=TEXT,
        show_default=True,
        help="The findings on stdout.",
    )
    @click.option(
        "--report", "files", type=REPORT_FILE, multiple=True, help="The findings in a file, too; may be given several times."
    )
    @functools.wraps(command)
    def reported(*args: Any, format_name: str, files: tuple[tuple[str, Path], ...], **options: Any) -> Any:
        return command(*args, output=ReportOutput(format_name, files), **options)

    return reported


output_format = click.option(
    "--format",
    "format_name",
    type=click.Choice([TEXT, JSON]),
    default=TEXT,
    show_default=True,
    help="How the answer is printed on stdout.",
)

as_of = click.option(
    "--as-of",
    type=MOMENT,
    help="The moment at which sunset dates are judged.  [default: now]",
)


lock = click.option(
    "--lock",
    "lock_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("interlock.lock"),
    show_default=True,
    help="The lock; its folder is what other paths are relative to.",
)


def _limits(_ctx: click.Context, _param: click.Parameter, value: int) -> Limits:
    return Limits(bytes=value)


limits = click.option(
    "--max-file-bytes",
    "limits",
    type=click.IntRange(min=1),
    callback=_limits,
    envvar="INTERLOCK_MAX_FILE_BYTES",
    show_envvar=True,
    default=Limits().bytes,
    show_default=True,
    help="Files that are larger are refused before they are read.",
)


def protobuf_policy(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how Protobuf contracts are judged where no manifest does; they come in as one `policy`."""

    @click.option(
        "--rules",
        multiple=True,
        help="A category or rule of buf's that judges Protobuf; may be given several times.  [default: OLD's buf.yaml, else FILE]",
    )
    @click.option(
        "--allow",
        type=click.Choice([str(allowance) for allowance in Allowance]),
        multiple=True,
        help="Breaks of Protobuf that may pass; may be given several times.",
    )
    @functools.wraps(command)
    def judged(*args: Any, rules: tuple[str, ...], allow: tuple[str, ...], **options: Any) -> Any:
        protobuf = ProtobufPolicy(use=rules, allow=frozenset(map(Allowance, allow)))
        return command(*args, policy=ComparisonPolicy(protobuf=protobuf), **options)

    return judged


def origin(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say who publishes, where git and the CI do not or say it wrong; they come in as one `given`."""

    @click.option("--service-version", help="What to call the service versions.  [default: the commit]")
    @click.option("--commit", help="The commit.  [default: what is checked out]")
    @click.option("--branch", help="The branch; the main branch claims version numbers.  [default: what git or the CI says]")
    @click.option("--repository", help="The repository's address.  [default: what the CI or git's origin says]")
    @functools.wraps(command)
    def originated(
        *args: Any, service_version: str | None, commit: str | None, branch: str | None, repository: str | None, **options: Any
    ) -> Any:
        return command(*args, given=Given(service_version, commit, branch, repository), **options)

    return originated


def online(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that talk to a registry; they come in as one `connection`."""

    @click.option(
        "--server", envvar="INTERLOCK_SERVER", show_envvar=True, default=DEFAULT_SERVER, show_default=True, help="The registry."
    )
    @click.option(
        "--token", envvar="INTERLOCK_TOKEN", show_envvar=True, default="", help="Who asks; better set in the environment."
    )
    @click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True, help="Seconds to wait.")
    @functools.wraps(command)
    def connected(*args: Any, server: str, token: str, timeout: float, **options: Any) -> Any:
        return command(*args, connection=Connection(server, token, timeout), **options)

    return connected


def service_version_in_environment(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name a version of a service and an environment."""
    service = click.option("--service", required=True, help="The service.")
    version = click.option("--version", help="Its version.  [default: the commit that is checked out]")
    environment = click.option("--environment", required=True, help="The environment.")
    return service(version(environment(command)))
