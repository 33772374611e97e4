"""The schemas of an OpenAPI contract, compared by the JSON Schema engine and told in terms of operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from registry.domain.change import Change, NoWitness, Undecided
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity
from registry.engines.documents.document import Document
from registry.engines.jsonschema.comparer import SchemaComparer
from registry.engines.jsonschema.dialect import OPENAPI30, OPENAPI31, Dialect, dialect_of
from registry.engines.jsonschema.findings import SchemaFinding, SchemaQuestion
from registry.engines.jsonschema.library import Library, Projection
from registry.engines.jsonschema.pair import SchemaRule
from registry.engines.openapi import schema_rules
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.contract_pair import ContractPair, Role
from registry.engines.openapi.node import Node
from registry.engines.openapi.perspective import Perspective, worst
from registry.engines.openapi.references import objects
from registry.engines.openapi.text_values import read_as_text
from registry.engines.openapi.wording import sentence
from registry.engines.rulebook.catalogue import discover

MOST_ELEMENTS = 400
"""Above this many elements of one finding, the bodies and parameters that hold them stand for them."""

_PROJECTIONS = {Role.REQUEST: Projection.REQUEST, Role.RESPONSE: Projection.RESPONSE}

_TEXT = NoWitness("it is written as text, and the reader takes any text")

_TYPE_RULES = frozenset({"type-changed", "type-narrowed"})

_Told = TypeVar("_Told", SchemaFinding, SchemaQuestion)


@dataclass(frozen=True, slots=True)
class _Root:
    """Two schemas to compare for one side, and the elements that they describe. `as_text`: its values travel as text."""

    role: Role
    old: Location
    new: Location
    direction: Direction
    elements: tuple[str, ...]
    as_text: bool

    @property
    def projection(self) -> Projection:
        """What of the schema exists in its role: no readOnly property in a request, no writeOnly one in a response."""
        return _PROJECTIONS.get(self.role, Projection.ALL)


@dataclass(frozen=True, slots=True)
class _Sighting(Generic[_Told]):
    """A finding as one root met it."""

    root: _Root
    told: _Told

    @property
    def rule(self) -> str:
        """The id of the rule, with the role of the root before it."""
        return f"{self.root.role}-{self.told.rule}"

    @property
    def place(self) -> tuple[str, Location | None, Location | None, str]:
        """What makes two sightings the same change."""
        return self.rule, self.told.old, self.told.new, self.told.message


class SchemaChanges:
    """Changes of all schemas of two versions. Each pair of schemas is compared once for each direction that it is met in."""

    def __init__(self, old: ApiContract, new: ApiContract, contracts: ContractPair, sides: tuple[Perspective, ...]) -> None:
        self._old = old
        self._new = new
        self._comparer = SchemaComparer(
            library(old),
            library(new),
            as_of=contracts.as_of,
            more_rules=openapi_schema_rules(),
            minimum_notice={level.name.lower(): days for level, days in contracts.notice.items()},
        )
        self._roots = tuple(self._differing(_roots(contracts, sides)))

    @property
    def pairs(self) -> int:
        """How many distinct pairs of schemas were looked at so far."""
        return self._comparer.pairs

    def changes(self) -> Iterator[Change]:
        """The changes, each with every element that reaches it."""
        sightings = (
            _Sighting(root, self._eased(root, finding))
            for root in self._roots
            for finding in self._comparer.findings(root.old, root.new, root.direction, root.projection)
        )
        for seen in _by_place(sightings):
            severity, direction = worst([(sighting.told.severity, sighting.told.direction) for sighting in seen])
            worst_seen = [sighting for sighting in seen if sighting.told.severity is severity]
            root, told = worst_seen[0].root, worst_seen[0].told
            yield Change(
                rule=worst_seen[0].rule,
                severity=severity,
                direction=direction,
                old=told.old,
                new=told.new,
                message=sentence(told.message),
                elements=_elements(worst_seen),
                witness=self._comparer.embedded(told, root.old, root.new, root.direction, root.projection).witness,
                removes_promise=told.removes_promise,
            )

    def undecided(self) -> tuple[Undecided, ...]:
        """What the JSON Schema engine could not decide."""
        sightings = (
            _Sighting(root, question)
            for root in self._roots
            for question in self._comparer.undecided(root.old, root.new, root.direction, root.projection)
        )
        return tuple(
            Undecided(
                rule=seen[0].rule,
                direction=seen[0].told.direction,
                construct=seen[0].told.construct,
                old=seen[0].told.old,
                new=seen[0].told.new,
                message=sentence(seen[0].told.message),
                elements=_elements(seen),
            )
            for seen in _by_place(sightings)
        )

    def _differing(self, roots: Iterable[_Root]) -> Iterable[_Root]:
        """The roots whose schemas differ, those that refer to the same two schemas as one: hundreds of operations answer alike."""
        joined: dict[tuple[Role, Location, Location, Direction, bool], list[_Root]] = {}
        for root in roots:
            ends = self._comparer.ends(root.old, root.new, root.projection)
            if ends is not None:
                joined.setdefault((root.role, *ends, root.direction, root.as_text), []).append(root)
        for (role, old, new, direction, as_text), alike in joined.items():
            yield _Root(role, old, new, direction, tuple(element for root in alike for element in root.elements), as_text)

    def _eased(self, root: _Root, finding: SchemaFinding) -> SchemaFinding:
        """The finding, made safe where two types are told apart that are one on the wire: a number read as a text."""
        if not root.as_text or finding.rule not in _TYPE_RULES:
            return finding
        if read_as_text((self._old, finding.old), (self._new, finding.new), finding.direction):
            return replace(finding, severity=Severity.SAFE, witness=_TEXT)
        return finding


def _roots(contracts: ContractPair, sides: tuple[Perspective, ...]) -> Iterator[_Root]:
    for role, schemas in contracts.schemas.items():
        for kept in schemas.kept:
            elements = tuple(dict.fromkeys(context.element for context in kept.contexts))
            for side in sides:
                direction = side.direction(kept.direction)
                reader = kept.new.lone if kept.new.lone and direction is Direction.BACKWARD else kept.new
                yield _Root(role, kept.old.location, reader.location, direction, elements, kept.new.as_text)


def _by_place(sightings: Iterable[_Sighting[_Told]]) -> Iterator[Sequence[_Sighting[_Told]]]:
    gathered: dict[tuple[str, Location | None, Location | None, str], list[_Sighting[_Told]]] = {}
    for sighting in sightings:
        gathered.setdefault(sighting.place, []).append(sighting)
    yield from gathered.values()


def _elements(sightings: Iterable[_Sighting[_Told]]) -> tuple[str, ...]:
    """The elements that reach a change: `GET /carts response 200 $` and the way `$.total` make `... response 200 $.total`."""
    seen = tuple(sightings)
    many = sum(len(sighting.root.elements) * len(sighting.told.paths) for sighting in seen) > MOST_ELEMENTS
    found: set[str] = set()
    for sighting in seen:
        ways = {"$"} if many else set(sighting.told.paths)
        found.update(f"{root}{way[1:]}" for root in sighting.root.elements for way in ways)
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def openapi_schema_rules() -> tuple[SchemaRule, ...]:
    """The rules about words that OpenAPI adds to JSON Schema, sorted by id."""
    return discover(schema_rules)


def library(contract: ApiContract) -> Library:
    """The contract's schemas, in the dialect that its version or its `jsonSchemaDialect` names."""
    return Library(contract.documents, contract.entry, _dialect(contract), _objects, contract.addresses)


def _objects(document: Document) -> Iterator[str]:
    """Where a schema can stand in a document: an anchor is found wherever it is."""
    return (node.pointer for node in objects(Node(document.name, "", document.value)))


def _dialect(contract: ApiContract) -> Dialect:
    if contract.version.startswith("3.0"):
        return OPENAPI30
    named = contract.root.text("jsonSchemaDialect")
    return (dialect_of(named) if named else None) or OPENAPI31
