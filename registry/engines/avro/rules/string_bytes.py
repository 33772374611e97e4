"""Text became bytes, or bytes became text."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import RISKS, holding
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_BYTES_OF_TEXT = NoWitness("every text is read, as its bytes")
_NO_TEXT = b"\xff"


@rule(
    id="string-bytes-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old="string", new="bytes"),
    fine=Example(old="string", new="{type: string, doc: In English.}"),
    cap_reason="the specification promotes either to the other",
)
def string_bytes_changed(pair: Pair) -> Iterator[Seen]:
    """A string became bytes, or bytes became a string.

    The specification has either read as the other. Programs meet a value of another type, and bytes that are no UTF-8 cannot be
    read as text.
    """
    if {pair.old.kind, pair.new.kind} == {"string", "bytes"}:
        reads_text = pair.reader.kind == "string"
        yield Seen(
            f"{pair.old.kind} became {pair.new.kind}",
            *pair.places,
            probe=holding(_NO_TEXT) if reads_text else None,
            witness=_BYTES_OF_TEXT,
        )
