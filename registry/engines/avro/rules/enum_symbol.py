"""An enum has a symbol more, or one less."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.resolution import unknown_symbols
from registry.engines.avro.rules._shared import NARROWS, WIDENS, holding
from registry.engines.avro.schema import Enum
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_MOST_NAMED = 5
_TWO = "{type: enum, name: Status, symbols: [OPEN, PAID]}"
_THREE = "{type: enum, name: Status, symbols: [OPEN, PAID, LOST]}"


@rule(
    id="enum-symbol-added",
    contract_kind=ContractKind.AVRO,
    area=Area.ENUM_VALUE,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old=_TWO, new=_THREE),
    fine=Example(old=_THREE, new=_TWO),
)
def enum_symbol_added(pair: Pair) -> Iterator[Seen]:
    """An enum has a symbol that it did not have.

    Readers with the old schema do not know it. Where that schema gives the enum a default they take the default instead, which is
    risky; where it does not they refuse the record. Give an enum a default from its first version on.
    """
    old, new = pair.old, pair.new
    if isinstance(old, Enum) and isinstance(new, Enum):
        yield from _seen(pair, unknown_symbols(old, new), "added")


@rule(
    id="enum-symbol-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.ENUM_VALUE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old=_THREE, new=_TWO),
    fine=Example(old=_TWO, new=_THREE),
)
def enum_symbol_removed(pair: Pair) -> Iterator[Seen]:
    """An enum no longer has a symbol.

    Readers with the new schema do not know it in what was written before. Where that schema gives the enum a default they take the
    default instead, which is risky; where it does not they refuse the record.
    """
    old, new = pair.old, pair.new
    if isinstance(old, Enum) and isinstance(new, Enum):
        yield from _seen(pair, unknown_symbols(new, old), "removed")


def _seen(pair: Pair, symbols: tuple[str, ...], action: str) -> Iterator[Seen]:
    """Risky for a reader who meets the symbols and takes a default for them."""
    reader = pair.reader
    if not symbols or not isinstance(reader, Enum):
        return
    meets = symbols[0] not in reader.symbols
    more = f" and {len(symbols) - _MOST_NAMED} more" if len(symbols) > _MOST_NAMED else ""
    words = f"{', '.join(symbols[:_MOST_NAMED])}{more}"
    yield Seen(
        f"the symbol {words} was {action}" if len(symbols) == 1 else f"the symbols {words} were {action}",
        *pair.places,
        severity=Severity.RISKY if meets and reader.default is not None else None,
        probe=holding(symbols[0]) if meets else None,
    )
