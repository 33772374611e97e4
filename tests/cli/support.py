"""A small service with one contract of each kind, in a folder or a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
"""`interlock ARGUMENTS` in the current folder."""

MANIFEST = """\
[service]
name = "orders"
team = "team-ordering"
domain = "ordering"
entities = ["Order"]

[[provides]]
contract = "orders-api"
kind = "openapi"
path = "openapi/orders.yaml"
version = "1.0.0"

[[provides]]
contract = "orders-grpc"
kind = "protobuf"
path = "proto"
version = "1.0.0"

[[events]]
name = "OrderPlaced"
path = "events/order-placed.schema.json"
examples = ["events/order-placed.example.json"]
version = "1.0.0"
channel = "orders.events"
retention = "7d"
entity = "Order"
"""

OPENAPI = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters:
        - {name: orderId, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: The order.
          content:
            application/json:
              schema:
                type: object
                required: [id, total]
                properties:
                  id: {type: string}
                  total: {type: integer}
"""

OPENAPI_WITHOUT_TOTAL = OPENAPI.replace("required: [id, total]", "required: [id]").replace(
    "                  total: {type: integer}\n", ""
)

OPENAPI_WITH_SEARCH = f"""{OPENAPI}\
  /orders:
    get:
      operationId: listOrders
      responses:
        "204": {{description: Nothing yet.}}
"""

PROTO = """\
syntax = "proto3";
package orders.v1;
message Order {
  string id = 1;
  int64 total = 2;
}
"""

PROTO_WITHOUT_TOTAL = PROTO.replace("  int64 total = 2;\n", "")

SCHEMA = """\
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["orderId"],
  "properties": {
    "orderId": {"type": "string"},
    "total": {"type": "integer"}
  }
}
"""

SCHEMA_WITH_REQUIRED_TOTAL = SCHEMA.replace('"required": ["orderId"]', '"required": ["orderId", "total"]')

EXAMPLE = '{"orderId": "o-1", "total": 5}\n'


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_service(folder: Path) -> None:
    """The service `orders` with a contract of each kind."""
    write(
        folder,
        {
            "interlock.toml": MANIFEST,
            "openapi/orders.yaml": OPENAPI,
            "proto/orders/v1/order.proto": PROTO,
            "events/order-placed.schema.json": SCHEMA,
            "events/order-placed.example.json": EXAMPLE,
        },
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as nobody in particular."""
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, subject: str) -> str:
    """Commit everything in a folder, and return the hash."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", subject)
    return git(folder, "rev-parse", "HEAD")
