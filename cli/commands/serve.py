"""`interlock serve`: run a registry."""

from __future__ import annotations

import os

import click


@click.command(short_help="Run the API and the pages of the catalog.")
@click.option(
    "--database-url",
    help="sqlite:///FILE or postgresql+psycopg://...  [env: INTERLOCK_DATABASE_URL; default: sqlite:///interlock.db]",
)
@click.option("--host", help="The address to listen on.  [env: INTERLOCK_HOST; default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on.  [env: INTERLOCK_PORT; default: 8600]")
@click.option(
    "--anonymous-reads/--no-anonymous-reads",
    default=None,
    help="Whether reading needs no token.  [env: INTERLOCK_ANONYMOUS_READS; default: only with SQLite]",
)
def command(database_url: str | None, host: str | None, port: int | None, anonymous_reads: bool | None) -> None:
    """Run a registry: the API, and the pages of the catalog. It keeps everything in one database.

    Writing without a token is possible only from this machine, with SQLite. PostgreSQL needs INTERLOCK_SECRET, which keys the
    hashes of tokens; `interlock token create --database-url URL` makes the first one.
    """
    from cli.failure import USAGE, CommandFailed, Failure
    from registry.main import serve, settings_from

    settings = settings_from(os.environ, database_url=database_url, host=host, port=port, anonymous_reads=anonymous_reads)
    address = f"{settings.host}:{settings.port}"
    click.echo(f"The registry starts at http://{address}; Ctrl-C stops it.", err=True)
    try:
        serve(settings)
    except SystemExit as ended:
        if ended.code:  # the server has logged why: mostly that somebody else listens there
            problem = f"The server could not start at {address}."
            raise CommandFailed(
                Failure("unavailable", problem, "", "Choose another --port, or stop what listens there.", USAGE)
            ) from None
