"""Laws of what the server sends: webhooks and callbacks, with their credentials and addresses, and the parts of bodies."""

from __future__ import annotations

import pytest

from registry.domain.contract import Mode
from registry.domain.verdict import Direction, Severity
from tests.openapi.support import differences, found, severities

SCHEMES = "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, login: {type: http, scheme: basic}}}"


def webhook(said: str) -> str:
    return f"webhooks: {{paid: {{post: {{{said}}}}}}}\n{SCHEMES}"


def callback(said: str) -> str:
    return f"POST /carts: {{callbacks: {{paid: {{'{{$request.body#/url}}': {{post: {{{said}}}}}}}}}}}\n{SCHEMES}"


sent = pytest.mark.parametrize("sent", [webhook, callback])


@sent
def test_credentials_that_the_server_presents_are_judged_by_receivers(sent):
    """Calling without the key, or with other credentials, is refused by old receivers; calling with more is not."""
    keyed, other, either, bare = (
        sent(f"security: {way}") for way in ("[{key: []}]", "[{login: []}]", "[{key: []}, {login: []}]", "[]")
    )
    for new in (other, either, bare):
        change = found(keyed, new, "security-alternative-added")
        assert (change.severity, change.direction) == (Severity.BREAKING, Direction.FORWARD)
        assert "The server may now call with" in change.message
    assert severities(differences(bare, keyed)) == {"security-alternative-removed": Severity.SAFE}
    assert severities(differences(either, keyed)) == {"security-alternative-removed": Severity.SAFE}
    assert found(bare, keyed, "security-alternative-removed", Mode.FORWARD).severity is Severity.BREAKING


@sent
def test_a_scheme_that_the_server_uses_is_compared(sent):
    """Another header for the key is looked for in vain."""
    old = sent("security: [{key: []}]")
    assert found(old, old.replace("X-Key", "X-Other"), "security-scheme-changed").severity is Severity.BREAKING


@sent
def test_what_the_server_sends_inherits_nothing_from_the_document(sent):
    """The credentials and addresses of the document are those of the server, not of whoever it calls."""
    old = sent("")
    assert all(
        "callback" not in element and "webhook" not in element
        for change in differences(old, f"{old}\nsecurity: [{{key: []}}]\nservers: [{{url: https://eu.example}}]").changes
        for element in change.elements
    )


@sent
def test_addresses_that_the_server_calls_are_told(sent):
    """A new address may be one that nobody listens at."""
    old, new = (sent(f"servers: [{{url: https://{name}.example}}]") for name in ("eu", "us"))
    assert severities(differences(old, new)) == {"server-added": Severity.RISKY, "server-removed": Severity.SAFE}


PART = "{{multipart/form-data: {{schema: {{type: object}}, encoding: {{photo: {{headers: {{X-Digest: {}}}}}}}}}}}"


def request_part(header: str) -> str:
    return f"POST /carts: {{requestBody: {{content: {PART.format(header)}}}}}"


def response_part(header: str) -> str:
    return f"POST /carts: {{responses: {{'200': {{description: OK, content: {PART.format(header)}}}}}}}"


MAY, MUST = "{schema: {type: string}}", "{required: true, schema: {type: string}}"


@pytest.mark.parametrize(
    ("part", "old", "new", "severity"),
    [
        (request_part, MAY, MUST, Severity.BREAKING),
        (request_part, MUST, MAY, Severity.SAFE),
        (response_part, MAY, MUST, Severity.SAFE),
        (response_part, MUST, MAY, Severity.BREAKING),
    ],
)
def test_headers_of_parts_are_judged_by_who_reads_them(part, old, new, severity):
    """Requests are read by the new server, responses by old clients."""
    (change,) = differences(part(old), part(new)).changes
    assert change.severity is severity
    assert change.rule.startswith("part-header-became-")
    assert change.elements[0].endswith("$.photo")


@pytest.mark.parametrize(("part", "rule"), [(request_part, "request-type-changed"), (response_part, "response-type-changed")])
def test_schemas_of_headers_of_parts_are_compared(part, rule):
    """In full, as any schema; a number is a text there."""
    assert found(part("{schema: {type: string}}"), part("{schema: {type: object}}"), rule).severity is Severity.BREAKING
    assert severities(differences(part("{schema: {type: integer}}"), part("{schema: {type: string}}"))) == {
        rule: Severity.SAFE if part is request_part else Severity.BREAKING
    }
