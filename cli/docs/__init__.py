"""The pages of docs/ that are made from the program: `python -m cli.docs` writes them, `--check` only says whether they are new."""
