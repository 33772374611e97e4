"""Environments, deployments, verifications, and the question that they answer; over a real socket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import MANIFEST, PROTO_WITHOUT_TOTAL, Run, write

pytestmark = pytest.mark.usefixtures("server")

_CONSUMER = """\
[service]
name = "billing"
team = "team-billing"
domain = "billing"

[[consumes]]
contract = "orders-grpc"
version = "1.0.0"
uses = ["orders.v1.Order.total"]
"""

_PACT = {
    "consumer": {"name": "storefront"},
    "provider": {"name": "orders"},
    "interactions": [
        {
            "type": "Synchronous/HTTP",
            "description": "an order",
            "request": {"method": "GET", "path": "/orders/1"},
            "response": {
                "status": 200,
                "headers": {"Content-Type": ["application/json"]},
                "body": {"content": {"id": "1", "total": 5}},
            },
        }
    ],
    "metadata": {"pactSpecification": {"version": "4.0"}},
}

_STOREFRONT = """\
[service]
name = "storefront"
team = "team-storefront"
domain = "storefront"

[[consumes]]
contract = "orders-api"
pacts = ["pacts/storefront-orders.json"]
"""


@pytest.fixture
def production(interlock: Run, repository: Path) -> Path:
    """`orders` published as v1, and an environment called production."""
    assert interlock("publish", "--service-version", "v1").exit_code == 0
    assert interlock("environment", "create", "production", "--production").exit_code == 0
    return repository


def test_environments_are_created_and_listed(interlock: Run, production: Path) -> None:
    """A name is taken once."""
    assert "production" in interlock("environment", "list").stdout
    again = interlock("environment", "create", "production")
    assert again.exit_code == 1
    assert "error[state-conflict]" in again.stderr


def test_nothing_to_check_is_said_and_allowed(interlock: Run, production: Path) -> None:
    """An empty environment holds nobody whom a version could break."""
    result = interlock("can-i-deploy", "--service", "orders", "--version", "v1", "--to", "production")
    assert result.exit_code == 0, result.output
    assert "verdict: yes, orders v1 to production" in result.stdout


@pytest.mark.parametrize(
    ("name", "version", "environment"),
    [("orders", "never", "production"), ("nobody", "v1", "production"), ("orders", "v1", "nowhere")],
)
def test_what_the_registry_does_not_know_is_exit_2(
    interlock: Run, production: Path, name: str, version: str, environment: str
) -> None:
    """A version that was never published is a mistake in the question, not a no."""
    result = interlock("can-i-deploy", "--service", name, "--version", version, "--to", environment)
    assert result.exit_code == 2
    assert result.stderr.startswith("error[not-found]: ")


def test_a_version_that_breaks_a_deployed_consumer_is_exit_1_until_the_consumer_moves(interlock: Run, production: Path) -> None:
    """The red edge names the consumer, the change and what to do; once the consumer is gone, the answer is yes."""
    write(production, {"interlock.toml": _CONSUMER})
    assert interlock("publish", "--service-version", "b1", "--branch", "main").exit_code == 0
    for service, version in (("orders", "v1"), ("billing", "b1")):
        deployed = interlock("record-deployment", "--service", service, "--version", version, "--environment", "production")
        assert deployed.stdout == f"{service} {version} runs in production.\n"
    write(production, {"interlock.toml": MANIFEST, "proto/orders/v1/order.proto": PROTO_WITHOUT_TOTAL})
    assert interlock("publish", "--service-version", "v2", "--branch", "feature").exit_code == 0
    question = ("can-i-deploy", "--service", "orders", "--version", "v2", "--to", "production")
    refused = interlock(*question)
    assert refused.exit_code == 1, refused.output
    assert "no  grpc  orders-grpc: billing b1 relies on orders v2" in refused.stdout
    assert "field-removed" in refused.stdout
    assert "to do" in refused.stdout
    assert refused.stdout.splitlines()[-1].startswith("next: clear ")
    body = json.loads(interlock(*question, "--format", "json").stdout)
    assert body["verdict"] == "no"
    interlock("record-undeployment", "--service", "billing", "--environment", "production")
    assert interlock(*question).exit_code == 0


def test_a_pact_that_nobody_has_verified_is_unknown_until_it_is(interlock: Run, production: Path) -> None:
    """Exit 3, then a recorded verification makes it 0, and a failed one 1; results of other providers are left out."""
    write(production, {"interlock.toml": _STOREFRONT, "pacts/storefront-orders.json": json.dumps(_PACT)})
    assert interlock("publish", "--service-version", "s1", "--branch", "main").exit_code == 0
    interlock("record-deployment", "--service", "orders", "--version", "v1", "--environment", "production")
    question = ("can-i-deploy", "--service", "storefront", "--version", "s1", "--to", "production")
    before = interlock(*question)
    for success, code in ((False, 1), (True, 0)):
        interaction = {"description": "an order", "success": success, "problem": "" if success else "no total"}
        row = {"pact": "pacts/storefront-orders.json", "provider": "orders", "success": success, "interactions": [interaction]}
        other = {"pact": "pacts/none.json", "provider": "payments", "success": True}
        write(production, {"run/results.json": json.dumps([{**row, "verifier": "hand 1.0"}, other])})
        recorded = interlock(
            "record-verification", "--provider", "orders", "--version", "v1", "--results", "run/results.json", "--pacts-root", "."
        )
        assert recorded.exit_code == 0, recorded.output
        assert interlock(*question).exit_code == code
    assert before.exit_code in {0, 3}, before.output


def test_a_release_to_an_environment_ends_nothing(interlock: Run, production: Path) -> None:
    """Two versions can be supported beside each other; each ends on its own."""
    assert interlock("publish", "--service-version", "v2").exit_code == 0

    def record(what: str, version: str) -> str:
        return interlock(what, "--service", "orders", "--version", version, "--environment", "production").stdout

    assert [record("record-release", "v1"), record("record-release", "v2"), record("record-support-ended", "v1")] == [
        "orders v1 is supported in production.\n",
        "orders v2 is supported in production.\n",
        "orders v1 is no longer supported in production.\n",
    ]
