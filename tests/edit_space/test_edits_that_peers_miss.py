"""Changes that other checkers do not see, or call harmless: each is told, in the direction in which it hurts."""

from __future__ import annotations

import pytest

from registry.domain.change import DocumentWitness
from registry.domain.verdict import Severity
from tests.openapi.support import differences, found, severities


def body(schema: str) -> str:
    """An operation that is sent a schema."""
    return f"POST /carts: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}}}"


def answer(schema: str) -> str:
    """An operation that answers with a schema."""
    return f"GET /carts: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}"


NARROWED_BODIES = {
    "additionalProperties": ("{type: object}", "{type: object, additionalProperties: false}", "additional-properties-closed"),
    "uniqueItems": ("{type: array}", "{type: array, uniqueItems: true}", "unique-items-required"),
    "multipleOf": ("{type: integer, multipleOf: 5}", "{type: integer, multipleOf: 10}", "multiple-of-tightened"),
    "minProperties": ("{type: object}", "{type: object, minProperties: 2}", "min-properties-tightened"),
    "maxProperties": ("{type: object, maxProperties: 5}", "{type: object, maxProperties: 3}", "max-properties-tightened"),
    "minItems": ("{type: array, minItems: 1}", "{type: array, minItems: 2}", "min-items-tightened"),
    "maxItems": ("{type: array}", "{type: array, maxItems: 3}", "max-items-tightened"),
    "not": ("{type: string}", "{type: string, not: {const: gold}}", "not-added"),
}


@pytest.mark.parametrize("word", NARROWED_BODIES)
def test_a_body_that_admits_less_breaks_who_sends_it_and_nobody_who_reads_it(word):
    """Every bound of a body counts, with a document that was fine and is refused now."""
    old, new, rule = NARROWED_BODIES[word]
    change = found(body(old), body(new), f"request-{rule}")
    assert change.severity is Severity.BREAKING
    assert isinstance(change.witness, DocumentWitness)
    assert Severity.BREAKING not in severities(differences(answer(old), answer(new))).values()
    assert Severity.BREAKING in severities(differences(answer(new), answer(old))).values()


LIST = "{type: array, items: {type: string}}"


def parameter(said: str) -> str:
    """An operation with one query parameter."""
    return f"GET /carts: {{parameters: [{{name: ids, in: query, {said}}}]}}"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (f"schema: {LIST}", f"style: pipeDelimited, schema: {LIST}", "request-parameter-serialisation-changed"),
        (f"schema: {LIST}", f"explode: false, schema: {LIST}", "request-parameter-serialisation-changed"),
        (f"schema: {LIST}", f"content: {{application/json: {{schema: {LIST}}}}}", "request-parameter-serialisation-changed"),
        (
            "allowReserved: true, schema: {type: string}",
            "schema: {type: string}",
            "request-parameter-reserved-characters-refused",
        ),
        (
            "content: {application/json: {schema: {type: integer}}}",
            "content: {application/json: {schema: {type: integer, maximum: 9}}}",
            "request-parameter-maximum-tightened",
        ),
    ],
    ids=["style", "explode", "content", "allowReserved", "schema of content"],
)
def test_how_a_parameter_is_written_is_a_promise(old, new, rule):
    """An old client's query is read as something else, or refused."""
    assert found(parameter(old), parameter(new), rule).severity is Severity.BREAKING


def form(encoding: str) -> str:
    """An operation that is sent a form with a photo and tags."""
    schema = f"{{type: object, properties: {{photo: {{type: string}}, tags: {LIST}}}}}"
    return f"POST /carts: {{requestBody: {{content: {{multipart/form-data: {{schema: {schema}, encoding: {encoding}}}}}}}}}"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{photo: {contentType: 'image/png, image/jpeg'}}", "{photo: {contentType: image/png}}", "encoding-content-type-narrowed"),
        ("{}", "{photo: {contentType: image/png}}", "encoding-content-type-narrowed"),
        ("{}", "{tags: {style: pipeDelimited}}", "encoding-serialisation-changed"),
        ("{}", "{photo: {headers: {X-Digest: {required: true, schema: {type: string}}}}}", "part-required-header-added"),
    ],
    ids=["content types", "a first content type", "style", "headers"],
)
def test_how_a_part_is_written_is_a_promise(old, new, rule):
    """A part that old clients send is refused, or misread."""
    assert found(form(old), form(new), rule).severity is Severity.BREAKING


REVERSED = {
    "callback": "POST /carts: {callbacks: {paid: {'{$request.body#/url}': {post: INSIDE}}}}",
    "webhook": "webhooks: {paid: {post: INSIDE}}",
}
SENT = "{requestBody: {content: {application/json: {schema: SCHEMA}}}}"
ANSWERED = "{responses: {'200': {description: ok, content: {application/json: {schema: SCHEMA}}}}}"


@pytest.mark.parametrize("sort", REVERSED)
def test_what_the_server_sends_is_judged_as_what_clients_read(sort):
    """More in the body of a callback or webhook breaks its receivers, less in what they may answer does too."""
    few_sent, many_sent, few_answered, many_answered = (
        REVERSED[sort].replace("INSIDE", inside).replace("SCHEMA", schema)
        for inside in (SENT, ANSWERED)
        for schema in ("{enum: [paid]}", "{enum: [paid, refunded]}")
    )
    assert Severity.BREAKING not in severities(differences(many_sent, few_sent)).values()
    assert severities(differences(few_sent, many_sent))["request-enum-value-added"] is not Severity.SAFE
    assert severities(differences(many_answered, few_answered))["response-enum-value-removed"] is Severity.BREAKING
    assert Severity.BREAKING not in severities(differences(few_answered, many_answered)).values()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{type: string, maxLength: 5}", "{type: string, maxLength: 9}"),
        ("{type: string, pattern: '^a+$'}", "{type: string}"),
        ("{type: integer, minimum: 1}", "{type: integer, minimum: 0}"),
        ("{type: array, items: {type: integer}}", "{type: array, items: {type: number}}"),
        ("{type: array, maxItems: 3}", "{type: array}"),
        ("{const: '1'}", "{type: string}"),
    ],
)
def test_the_schema_of_a_header_counts_in_full(old, new):
    """A header of an answer that says more than before breaks who reads it; one that says less does not."""
    text = "GET /carts: {{responses: {{'200': {{description: ok, headers: {{X-Page: {{schema: {}}}}}}}}}}}"
    told = severities(differences(text.format(old), text.format(new)))
    assert Severity.BREAKING in told.values()
    assert all(rule.startswith("response-header-") for rule in told)
    assert Severity.BREAKING not in severities(differences(text.format(new), text.format(old))).values()


KEY = "key: {type: apiKey, in: header, name: X-Key}"
LOGIN = "login: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://e.com/token, scopes: {read: '', write: ''}}}}"


def secured(requirement: str, key: str = KEY) -> str:
    """An operation with a security requirement."""
    return f"GET /carts: {{security: {requirement}}}\ncomponents: {{securitySchemes: {{{key}, {LOGIN}}}}}"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (secured("[]"), secured("[{key: []}]"), "security-alternative-removed"),
        (secured("[{key: []}, {login: [read]}]"), secured("[{login: [read]}]"), "security-alternative-removed"),
        (secured("[{login: [read]}]"), secured("[{login: [read, write]}]"), "security-scope-added"),
        (secured("[{key: []}]"), secured("[{key: []}]", KEY.replace("X-Key", "X-Api-Key")), "security-scheme-changed"),
        (secured("[{key: []}]"), secured("[{key: []}]", KEY.replace("in: header", "in: query")), "security-scheme-changed"),
        (
            secured("[{login: [read]}]"),
            secured("[{login: [read]}]").replace("https://e.com/token", "https://e.org/token"),
            "security-flow-address-changed",
        ),
    ],
    ids=["a first requirement", "one scheme less", "one scope more", "name of a key", "place of a key", "where tokens are given"],
)
def test_who_is_let_in_is_gated(old, new, rule):
    """Old clients are answered 401."""
    assert found(old, new, rule).severity is Severity.BREAKING


def test_a_discriminator_without_one_of_its_values_breaks():
    """Old clients still write the value, and the server does not know what it is reading."""
    text = (
        "POST /carts: {{requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Payment'}}}}}}}}}}\n"
        "components: {{schemas: {{Card: {{type: object}}, Cash: {{type: object}}, Payment: {{discriminator: {{propertyName: kind,"
        " mapping: {{card: Card, cash: Cash{}}}}}, oneOf: [{{$ref: '#/components/schemas/Card'}},"
        " {{$ref: '#/components/schemas/Cash'}}]}}}}}}"
    )
    change = found(text.format(", visa: Card"), text.format(""), "request-discriminator-mapping-removed")
    assert change.severity is Severity.BREAKING


def test_a_server_that_is_no_longer_listed_is_told():
    """Clients that were configured with its address are promised no answer there."""
    text = "GET /carts: {{}}\nservers: [{}]"
    old, new = text.format("{url: https://a.example}, {url: https://b.example}"), text.format("{url: https://a.example}")
    assert found(old, new, "server-removed").severity is Severity.RISKY
    assert found(new, old, "server-added").severity is Severity.SAFE
