"""What is read as an OpenAPI contract, and what is refused, with the place."""

from __future__ import annotations

import pytest

from registry.domain.contract import Source
from registry.domain.errors import BadReference, LimitExceeded, Malformed, WrongKind
from registry.domain.location import Position
from registry.engines.documents.limits import Limits
from registry.engines.openapi import operations, parse
from tests.openapi.support import contract

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1", "3.2.0"])
def test_three_lines_of_versions_are_read(version):
    """OpenAPI 3.0, 3.1 and 3.2 are contracts."""
    assert contract(api_yaml=f"openapi: {version}\npaths: {{}}").version == version


@pytest.mark.parametrize("text", ["[]", "hello", "{}", "openapi: 3.1", "openapi: 4.0.0", "asyncapi: 3.0.0", "openapi: '2.0'"])
def test_other_kinds_are_refused(text):
    """What does not say `openapi: 3.x` is of the wrong kind."""
    with pytest.raises(WrongKind):
        contract(api_yaml=text)


def test_swagger_is_named():
    """A Swagger 2 document is refused under its name, at the line that says so."""
    with pytest.raises(WrongKind, match=r"Swagger 2\.0") as caught:
        contract(api_yaml="info: {}\nswagger: '2.0'")
    assert caught.value.location.position == Position(2, 1)


def test_other_files_of_the_contract_are_reached():
    """A relative reference leads into a file of the contract's folder, and from there to its neighbours."""
    api = contract(
        api_yaml=HEAD + "paths: {/carts: {$ref: 'paths/carts.yaml'}}",
        paths__carts_yaml="get: {summary: All, responses: {'200': {$ref: '../answers.yaml#/ok'}}}",
        answers_yaml="ok: {description: OK}",
    )
    (operation,) = operations(api)
    assert (operation.path, operation.summary, operation.statuses) == ("/carts", "All", ("200",))
    assert set(api.documents) == {"api.yaml", "paths/carts.yaml", "answers.yaml"}


def test_files_that_nothing_leads_to_are_not_read():
    """A broken file beside the contract does no harm."""
    api = parse(Source({"api.yaml": (HEAD + "paths: {}").encode(), "notes.yaml": b"\xff: ["}, "api.yaml"))
    assert set(api.documents) == {"api.yaml"}


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("../other.yaml#/A", "leaves the contract's folder"),
        ("/etc/passwd", "leaves the contract's folder"),
        ("https://example.com/a.yaml", "another host"),
        ("//example.com/a.yaml", "another host"),
        ("file:///etc/passwd", "another host"),
        ("missing.yaml#/A", "not among the contract's files"),
        ("#/components/schemas/Missing", "leads nowhere"),
        ("#nowhere", "leads nowhere"),
        ("#/components/schemas/Loop", "leads to itself"),
        ("#/components/schemas/Ping", "leads to itself"),
    ],
)
def test_a_reference_that_cannot_be_followed_is_refused_with_its_place(reference, message):
    """A `$ref` out of the folder, to a host, to nothing or to itself is a bad reference."""
    text = HEAD + (
        "components:\n"
        "  schemas:\n"
        "    Loop: {$ref: '#/components/schemas/Loop'}\n"
        "    Ping: {$ref: '#/components/schemas/Pong'}\n"
        "    Pong: {$ref: '#/components/schemas/Ping'}\n"
        if "Loop" in reference or "Ping" in reference
        else "components:\n  schemas:\n    Here: {type: string}\n"
    )
    text += (
        f"paths: {{/a: {{get: {{responses: {{'200': {{content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}}}}}}}}}"
    )
    with pytest.raises(BadReference, match=message) as caught:
        contract(api_yaml=text)
    assert caught.value.location.position is not None


def test_a_recursive_schema_is_no_loop():
    """A reference that comes back through a property is how trees are described."""
    contract(api_yaml=HEAD + "components: {schemas: {Tree: {properties: {left: {$ref: '#/components/schemas/Tree'}}}}}")


def test_example_data_may_say_what_it_likes():
    """A `$ref` in an example, a default, an enum or an extension is data."""
    contract(
        api_yaml=HEAD + "components: {schemas: {A: {default: {$ref: nowhere}, example: {$ref: '#/x'}, enum: [{$ref: a/b}]}},"
        " examples: {E: {value: {$ref: 'http://h/'}}}}\nx-notes: {$ref: y}"
    )


def test_a_property_may_be_called_default():
    """A property of the name of a keyword is a schema, and its references count."""
    with pytest.raises(BadReference):
        contract(api_yaml=HEAD + "components: {schemas: {A: {properties: {default: {$ref: '#/nowhere'}}}}}")


def test_anchors_and_identifiers_are_references():
    """Schemas of 3.1 can be referred to by `$anchor` and by `$id`."""
    contract(
        api_yaml=HEAD + "components: {schemas: {A: {$anchor: cart}, B: {$ref: '#cart'}, C: {$id: 'https://e.com/c'},"
        " D: {$ref: 'https://e.com/c'}}}"
    )


def test_too_many_files_are_refused():
    """The number of files that a contract spreads over is bounded."""
    files = {f"f{index}.yaml": f"a: {{$ref: 'f{index + 1}.yaml'}}".encode() for index in range(20)}
    files["api.yaml"] = (HEAD + "paths: {/a: {$ref: 'f0.yaml'}}").encode()
    with pytest.raises(LimitExceeded):
        parse(Source(files, "api.yaml"), Limits(files=10))


def test_syntax_errors_keep_their_place():
    """A document that is no YAML is refused by the reader of documents."""
    with pytest.raises(Malformed):
        contract(api_yaml="openapi: [")
