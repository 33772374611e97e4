"""`interlock generate`: code from pinned contracts, by pinned generators."""

from __future__ import annotations

from pathlib import Path

import click

from cli import options


@click.command(short_help="Generate code from pinned contracts.")
@click.argument("contract", required=False)
@click.option("--generator", "name", help="What generates: `models`, `grpc-python` or `protoc-LANGUAGE`.")
@click.option("--option", "generator_options", multiple=True, help="An option of the generator; may be given several times.")
@click.option("--into", help="The folder for the code, relative to the lock.  [default: generated/CONTRACT/GENERATOR]")
@click.option("--update", is_flag=True, help="Take the installed generator where the lock pins another version.")
@options.lock
@options.output_format
def command(
    contract: str | None,
    name: str | None,
    generator_options: tuple[str, ...],
    into: str | None,
    update: bool,
    lock_path: Path,
    format_name: str,
) -> None:
    """Generate code from the pulled CONTRACT, and pin the generator's name, version and options in the lock.

    Without an argument, everything that the lock lists is generated again. The generators are `models` (Python models of OpenAPI
    and JSON Schema, by datamodel-code-generator), `grpc-python` (by grpcio-tools), and protoc's own, such as `protoc-java`.
    """
    from cli.pinning.generating import Generating
    from cli.rendering.output import answer
    from cli.rendering.pins import generated_to_json, generated_words

    generating = Generating(lock_path, update)
    if contract is None:
        if name or generator_options or into:
            raise click.UsageError("--generator, --option and --into need a CONTRACT.")
        rows = generating.again()
    elif name is None:
        raise click.UsageError("Say with --generator what generates.")
    else:
        rows = [generating.generate(contract, name, generator_options, into)]
    answer(format_name, generated_to_json(rows), generated_words(rows, lock_path))
