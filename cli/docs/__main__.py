"""Write the generated pages, or with --check exit 1 when one of them is stale."""

from __future__ import annotations

from pathlib import Path

import click

from cli.docs.pages import pages


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a page is stale.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"), show_default=True)
def main(check: bool, folder: Path) -> None:
    """Make the pages of docs/ that come from the program."""
    stale = [name for name, text in pages().items() if not _is_current(folder / name, text)]
    for name in stale:
        if not check:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(pages()[name], "utf-8")
        click.echo(f"{folder / name} {'is stale; run ci/generate' if check else 'written'}", err=True)
    click.get_current_context().exit(1 if check and stale else 0)


def _is_current(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text


if __name__ == "__main__":
    main()
