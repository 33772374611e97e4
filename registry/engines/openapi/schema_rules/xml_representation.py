"""A schema is written as XML in another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.domain.change import Json, NoWitness
from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.view import SchemaView
from registry.engines.openapi.wording import listed
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_TOLD = ("nodeType", "name", "namespace", "attribute", "wrapped")
"""What decides the nodes of a document. A prefix stands for its namespace, and any other will do (OpenAPI 3.2, section 4.26)."""

_SPELLING = NoWitness("the values stay as they are; how they are written as XML is another")


@rule(
    id="xml-representation-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old="{type: string, xml: {name: sku}}", new="{type: string, xml: {name: sku, attribute: true}}"),
    fine=Example(old="{type: string, xml: {name: sku, prefix: a}}", new="{type: string, xml: {name: sku, prefix: b}}"),
    cap_reason="Most bodies are JSON, which is written as before.",
)
def xml_representation_changed(pair: SchemaPair) -> Iterator[Finding]:
    """The XML of a value has another name, another namespace or another sort of node.

    Readers of XML look for it where writers no longer put it.
    """
    old, new = _written(pair.old), _written(pair.new)
    changed = [word for word in _TOLD if old.get(word) != new.get(word)]
    if changed:
        yield Finding(f"as XML, {listed(changed)} changed", *pair.places, witness=_SPELLING)


def _written(view: SchemaView) -> Mapping[str, Json]:
    """What a schema says about its XML; a flag that is off is not said."""
    fact = view.note("xml")
    if fact is None or not isinstance(fact.value, Mapping):
        return {}
    return {word: value for word, value in fact.value.items() if value is not False}
