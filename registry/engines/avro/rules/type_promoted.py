"""A primitive type became one that it is promoted to, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.avro.matching import promotes
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import ANY_RECORD, NARROWS, WIDENS, holding
from registry.engines.avro.schema import described
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_TEXTUAL = {"string", "bytes"}
_LOSSY = {("int", "float"): 2**24 + 1, ("long", "float"): 2**24 + 1, ("long", "double"): 2**53 + 1}
"""By the writer's and the reader's type a number that the reader's cannot hold (IEEE 754: 24 and 53 bits)."""


@rule(
    id="type-promoted",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="int", new="long"),
    fine=Example(old="long", new="int"),
)
def type_promoted(pair: Pair) -> Iterator[Seen]:
    """A number has a type that the old one is promoted to.

    Readers with the new schema read what was written before; readers with the old one refuse what is written now. A float or double
    that reads an int or long rounds what has more digits than it holds, and then it is risky.
    """
    yield from _seen(pair, widened=True)


@rule(
    id="type-demoted",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="long", new="int"),
    fine=Example(old="int", new="long"),
)
def type_demoted(pair: Pair) -> Iterator[Seen]:
    """A number has a type that is promoted to the old one.

    Readers with the new schema refuse what was written before; readers with the old one read what is written now.
    """
    yield from _seen(pair, widened=False)


def _seen(pair: Pair, *, widened: bool) -> Iterator[Seen]:
    narrow, wide = (pair.old, pair.new) if widened else (pair.new, pair.old)
    if narrow.kind in _TEXTUAL or not promotes(narrow, wide):
        return
    lost = _LOSSY.get((pair.writer.kind, pair.reader.kind))
    yield Seen(
        f"{described(pair.old)} became {described(pair.new)}",
        *pair.places,
        severity=Severity.RISKY if lost else None,
        probe=holding(lost) if lost else ANY_RECORD,
    )
