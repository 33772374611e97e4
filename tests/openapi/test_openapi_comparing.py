"""Laws of the comparison of two OpenAPI contracts."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest

from registry.domain.change import DocumentWitness, HttpWitness, NoWitness
from registry.domain.contract import Mode
from registry.domain.verdict import Direction, Severity, Verdict
from registry.engines.openapi import compare
from registry.engines.openapi.examples import example_contract
from tests.openapi.support import NOW, contract, differences, found, severities

SHARED = """
components:
  parameters:
    limit: {{name: limit, in: query, required: {required}, schema: {{type: integer}}}}
  schemas:
    Cart: {{type: object, properties: {{id: {{type: {type}}}}}}}
GET /carts:
  parameters: [{{$ref: '#/components/parameters/limit'}}]
  responses: {{'200': {{content: {{application/json: {{schema: {{type: array, items: {{$ref: '#/components/schemas/Cart'}}}}}}}}}}}}
GET /carts/{{id}}:
  parameters: [{{$ref: '#/components/parameters/limit'}}]
  responses: {{'200': {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Cart'}}}}}}}}}}
"""


def test_a_shared_part_is_reported_once_with_everything_that_reaches_it():
    """A parameter and a schema that two operations share are one change each, at the component."""
    old, new = SHARED.format(required="false", type="integer"), SHARED.format(required="true", type="string")
    parameter = found(old, new, "request-parameter-became-required")
    assert parameter.new.path == "/components/parameters/limit"
    assert parameter.elements == ("GET /carts request query limit", "GET /carts/{id} request query limit")
    schema = found(old, new, "response-type-changed")
    assert schema.new.path.startswith("/components/schemas/Cart/properties/id")
    assert schema.elements == ("GET /carts response 200 $[].id", "GET /carts/{id} response 200 $.id")


def test_a_shared_response_is_seen_under_each_of_its_statuses():
    """One that stays as it is for one operation, and stands for a range in another, is told for the other."""
    text = """
GET /carts: {{responses: {{'400': {{$ref: '#/components/responses/Bad'}}}}}}
GET /orders: {{responses: {{'{status}': {{$ref: '#/components/responses/Bad'}}}}}}
components: {{responses: {{Bad: {{description: not well formed}}}}}}
"""
    widened = found(text.format(status="400"), text.format(status="4XX"), "response-status-range-widened")
    assert widened.elements == ("GET /orders response 400",)


def test_a_reference_changes_nothing():
    """Writing a parameter, a body, a response or a path item in place instead of by reference is no change."""
    inline = """
POST /carts:
  parameters: [{name: X-Tenant, in: header, required: true, schema: {type: string}}]
  requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
  responses: {'201': {description: made, headers: {ETag: {required: true, schema: {type: string}}}}}
"""
    referring = """
POST /carts:
  parameters: [{$ref: '#/components/parameters/T'}]
  requestBody: {$ref: '#/components/requestBodies/B'}
  responses: {'201': {$ref: '#/components/responses/R'}}
components:
  parameters: {T: {name: X-Tenant, in: header, required: true, schema: {type: string}}}
  requestBodies: {B: {required: true, content: {application/json: {schema: {type: object}}}}}
  headers: {E: {required: true, schema: {type: string}}}
  responses: {R: {description: made, headers: {ETag: {$ref: '#/components/headers/E'}}}}
"""
    assert not differences(inline, referring).changes
    assert not differences(referring, inline).changes


def test_one_file_or_several_is_no_change():
    """Moving a part into a file of its own changes nothing, and what changes there is found there."""
    head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
    item = "get: {{responses: {{'200': {{description: OK, headers: {{ETag: {{required: {}, schema: {{type: string}}}}}}}}}}}}"
    whole = contract(api_yaml=head + "paths:\n  /carts:\n    " + item.format("true"))
    split = contract(api_yaml=head + "paths: {/carts: {$ref: carts.yaml}}", carts_yaml=item.format("true"))
    weaker = contract(api_yaml=head + "paths: {/carts: {$ref: carts.yaml}}", carts_yaml=item.format("false"))
    assert not compare(whole, split, mode=Mode.FULL, as_of=NOW).changes
    (change,) = compare(whole, weaker, mode=Mode.BACKWARD, as_of=NOW).changes
    assert change.rule == "response-header-became-optional"
    assert (change.new.file, change.new.path) == ("carts.yaml", "/get/responses/200/headers/ETag")


def test_comparing_leaves_the_documents_as_they_were_and_repeats_itself():
    """The same input always gives the same changes, and is not touched."""
    old = example_contract(SHARED.format(required="false", type="integer"))
    new = example_contract(SHARED.format(required="true", type="string"))
    before = copy.deepcopy([document.value for document in (*old.documents.values(), *new.documents.values())])
    first = compare(old, new, mode=Mode.FULL, as_of=NOW)
    assert compare(old, new, mode=Mode.FULL, as_of=NOW) == first
    assert [document.value for document in (*old.documents.values(), *new.documents.values())] == before


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [(Mode.BACKWARD, Verdict.YES), (Mode.FORWARD, Verdict.NO), (Mode.FULL, Verdict.NO), (Mode.NONE, Verdict.YES)],
)
def test_a_new_operation_breaks_only_new_clients_of_the_old_server(mode, verdict):
    """Forward asks for the other side: what is new is missing in the old server."""
    assert differences("GET /carts: {}", "GET /carts: {}\nPOST /carts: {}", mode).verdict is verdict


@pytest.mark.parametrize(
    ("mode", "direction", "severity"),
    [
        (Mode.BACKWARD, Direction.BACKWARD, Severity.BREAKING),
        (Mode.FORWARD, Direction.FORWARD, Severity.SAFE),
        (Mode.FULL, Direction.BACKWARD, Severity.BREAKING),
        (Mode.NONE, Direction.BACKWARD, Severity.BREAKING),
    ],
)
def test_modes_take_sides(mode, direction, severity):
    """A parameter that became required breaks old clients of the new server and nobody else."""
    old, new = SHARED.format(required="false", type="integer"), SHARED.format(required="true", type="integer")
    change = found(old, new, "request-parameter-became-required", mode)
    assert (change.direction, change.severity) == (direction, severity)


CALLBACK = "POST /carts: {{callbacks: {{paid: {{'{{$request.body#/url}}': {{post: {}}}}}}}}}"


def test_in_callbacks_the_sides_change_places():
    """The server sends the request of a callback: making its body required harms nobody, making it optional does."""
    body = "{{requestBody: {{required: {}, content: {{application/json: {{schema: {{type: object}}}}}}}}}}"
    may, must = (CALLBACK.format(body.format(flag)) for flag in ("false", "true"))
    assert severities(differences(may, must)) == {"request-body-became-required": Severity.SAFE}
    change = found(must, may, "request-body-became-optional")
    assert (change.severity, change.direction) == (Severity.BREAKING, Direction.FORWARD)
    assert change.elements == ("POST /carts callback paid POST request $",)


def test_a_webhook_is_an_offer_to_clients():
    """Taking a webhook away breaks whoever subscribed."""
    assert found("webhooks: {paid: {post: {}}}", "webhooks: {}", "webhook-removed").elements == ("webhook paid POST",)


REMOVAL = "GET /carts: {{}}\nDELETE /carts: {{deprecated: true{}}}"


@pytest.mark.parametrize(
    ("sunset", "as_of", "severity"),
    [
        ("", NOW, Severity.BREAKING),
        (", x-sunset: 2026-01-31", datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC), Severity.BREAKING),
        (", x-sunset: 2026-01-31", datetime(2026, 2, 1, tzinfo=UTC), Severity.RISKY),
        (", x-sunset: '2026-01-31T12:00:00+02:00'", datetime(2026, 1, 31, 9, 59, tzinfo=UTC), Severity.BREAKING),
        (", x-sunset: '2026-01-31T12:00:00+02:00'", datetime(2026, 1, 31, 10, 0, tzinfo=UTC), Severity.RISKY),
        (", x-sunset: soon", NOW, Severity.BREAKING),
        (", x-sunset: 2026-02-31", NOW, Severity.BREAKING),
        (", x-sunset: 20260131", NOW, Severity.BREAKING),
    ],
)
def test_a_sunset_date_lasts_until_midnight_utc(sunset, as_of, severity):
    """Removal breaks until the end of the sunset, an unreadable one never ends, and is risky after it."""
    change = found(REMOVAL.format(sunset), "GET /carts: {}", "operation-removed", as_of=as_of)
    assert (change.severity, change.removes_promise) == (severity, True)


@pytest.mark.parametrize(("level", "severity"), [("draft", "safe"), ("alpha", "risky"), ("beta", "breaking"), ("odd", "breaking")])
def test_unstable_operations_are_classified_and_not_gated(level, severity):
    """What breaks a draft is safe, what breaks an alpha risky; the message says why."""
    old = f"GET /carts: {{}}\nDELETE /carts: {{x-stability-level: {level}}}"
    change = found(old, "GET /carts: {}", "operation-removed")
    assert change.severity == severity
    assert ("stability level" in change.message) == (level in ("draft", "alpha"))


def test_a_part_shared_with_a_stable_operation_is_gated():
    """The firmest of the operations that a change reaches decides."""
    stable = SHARED.format(required="false", type="integer")
    old = stable.replace("GET /carts:\n", "GET /carts:\n  x-stability-level: draft\n")
    new = SHARED.format(required="true", type="integer").replace("GET /carts:\n", "GET /carts:\n  x-stability-level: draft\n")
    assert found(old, new, "request-parameter-became-required").severity is Severity.BREAKING


def test_a_renamed_path_parameter_is_no_change():
    """Paths match by shape and their parameters by position."""
    path = "GET /shops/{{{0}}}/carts/{{{1}}}: {{parameters: [{{name: {0}, in: path, required: true, schema: {{type: string}}}}]}}"
    assert not differences(path.format("shop", "id"), path.format("shopId", "cart")).changes


def test_an_invalid_document_is_compared_all_the_same():
    """Parts of the wrong type read as absent, and everything else is judged."""
    old = "GET /carts: {parameters: 7, responses: [], callbacks: x, security: y}\nDELETE /carts: {requestBody: 3}\nservers: 1"
    assert severities(differences(old, old.split("\n", maxsplit=1)[0])) == {"operation-removed": Severity.BREAKING}


def test_a_parameter_that_is_listed_twice_is_one():
    """The document is faulty, and no different from itself."""
    twice = "{name: limit, in: query, schema: {type: integer}}"
    text = f"GET /carts: {{parameters: [{twice}, {twice}]}}"
    assert not differences(text, text).changes
    assert not differences(text, f"GET /carts: {{parameters: [{twice}]}}").changes


def test_a_callback_that_contains_itself_ends():
    """A callback whose operation has the same callback is read once."""
    text = """
POST /carts: {callbacks: {paid: {$ref: '#/components/callbacks/paid'}}}
components:
  callbacks:
    paid: {'{$request.body#/url}': {post: {callbacks: {paid: {$ref: '#/components/callbacks/paid'}}}}}
"""
    assert not differences(text, text).changes


def test_witnesses_are_exchanges_documents_or_reasons():
    """A required parameter is shown by a request without it, a type by a document, a security scheme by nothing, and says why."""
    old, new = SHARED.format(required="false", type="integer"), SHARED.format(required="true", type="string")
    assert found(old, new, "request-parameter-became-required").witness == HttpWitness("GET", "/carts")
    assert isinstance(found(old, new, "response-type-changed").witness, DocumentWitness | NoWitness)
    secured = "GET /carts: {security: [{key: []}]}\ncomponents: {securitySchemes: {key: {type: http, scheme: basic}}}"
    assert isinstance(found("GET /carts: {}", secured, "security-alternative-removed").witness, NoWitness)


def test_a_renamed_security_scheme_is_no_change():
    """Schemes are compared by what they ask for, not by what the document calls them."""
    text = "GET /carts: {{security: [{{{0}: []}}]}}\ncomponents: {{securitySchemes: {{{0}: {{type: http, scheme: basic}}}}}}"
    assert not differences(text.format("basic"), text.format("login")).changes


def test_security_of_the_document_is_one_change():
    """A requirement that all operations inherit is reported once, at the document."""
    text = "GET /carts: {}\nGET /orders: {}\ncomponents: {securitySchemes: {key: {type: http, scheme: basic}}}\n"
    change = found(text, text + "security: [{key: []}]", "security-alternative-removed")
    assert (change.severity, change.new.path, change.elements) == (Severity.BREAKING, "/security", ("GET /carts", "GET /orders"))


PARAMETER = "GET /carts: {{parameters: [{{name: ids, in: query, schema: {}}}]}}"


@pytest.mark.parametrize(
    ("old", "new", "breaks"),
    [
        ("{type: string}", "{type: array, items: {type: string}}", False),
        ("{type: string}", "{type: [array, 'null'], items: {type: string}}", False),
        ("{type: string}", "{type: array, minItems: 2, items: {type: string}}", True),
        ("{type: string}", "{type: array, items: {type: string, maxLength: 3}}", True),
        ("{type: array, items: {type: string}}", "{type: string}", True),
        ("{type: integer}", "{type: string}", False),
        ("{type: integer}", "{type: string, maxLength: 3}", True),
        ("{type: string}", "{type: integer}", True),
    ],
)
def test_parameters_are_judged_by_what_travels(old, new, breaks):
    """`ids=1` is a list of one, and a number is a text: neither reading refuses what old clients send."""
    comparison = differences(PARAMETER.format(old), PARAMETER.format(new))
    assert (comparison.verdict is Verdict.NO) == breaks


@pytest.mark.parametrize(("media_type", "breaks"), [("application/json", True), ("application/xml", False), ("text/plain", False)])
def test_a_number_is_a_text_where_the_media_type_says_so(media_type, breaks):
    """JSON tells `1` from `"1"`, XML does not."""
    body = "POST /carts: {{requestBody: {{content: {{{}: {{schema: {{type: {}}}}}}}}}}}"
    comparison = differences(body.format(media_type, "integer"), body.format(media_type, "string"))
    assert (comparison.verdict is Verdict.NO) == breaks


@pytest.mark.parametrize(
    "broken",
    [
        "{type: int}",
        "{minLength: x}",
        "{required: id}",
        "{properties: 3}",
        "{enum: 1}",
        "{allOf: {}}",
        "{items: 7}",
        "{pattern: '('}",
    ],
)
def test_a_schema_that_breaks_its_meta_schema_is_compared(broken):
    """Real documents hold such schemas; whatever the answer is, it is one."""
    body = "POST /carts: {{requestBody: {{content: {{application/json: {{schema: {}}}}}}}}}"
    for old, new in ((broken, "{type: string, enum: [a]}"), ("{type: object, required: [b]}", broken)):
        assert differences(body.format(old), body.format(new)).verdict in Verdict
