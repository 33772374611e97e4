"""Write the API document: `python -m registry.http.export > docs/openapi.json`."""

from __future__ import annotations

import json
import sys

from registry.http.api import routes_only


def exported() -> str:
    """The API document as it is committed: keys sorted, so that only what changed in the API changes in the file."""
    return json.dumps(routes_only().openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(exported())
