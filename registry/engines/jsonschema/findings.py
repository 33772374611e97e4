"""What a comparison of schemas tells."""

from __future__ import annotations

from dataclasses import dataclass

from registry.domain.change import DocumentWitness, Witness
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity


@dataclass(frozen=True, slots=True)
class SchemaFinding:
    """A change of a schema, where it stands, and the elements below the compared root that reach it.

    `paths` are written `$.lines[].sku`, with `{}` for any value of a map; `$` alone is the whole root.
    """

    rule: str
    severity: Severity
    direction: Direction
    old: Location | None
    new: Location | None
    message: str
    paths: tuple[str, ...]
    witness: Witness
    removes_promise: bool = False
    member: str = ""
    """The end of each path that lies below the schemas compared; a witness is a document of the part before it."""
    strict_only: bool = False
    """Whether its document uses, undeclared, a name that the reader declares: a writer that the lenient reading trusts not to."""

    @property
    def explains(self) -> bool:
        """Whether this says by itself why the schemas above it do not fit."""
        return self.refutes or self.severity is Severity.BREAKING

    @property
    def refutes(self) -> bool:
        """Whether a document shows, under the lenient reading, that the pair does not fit."""
        return isinstance(self.witness, DocumentWitness) and not self.strict_only


@dataclass(frozen=True, slots=True)
class SchemaQuestion:
    """A change that inclusion could neither clear nor confirm, and the construct that stopped it."""

    rule: str
    direction: Direction
    construct: str
    old: Location | None
    new: Location | None
    message: str
    paths: tuple[str, ...]
    member: str = ""
