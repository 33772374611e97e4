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
        yield from (_seen(pair, symbol, f"the symbol {symbol} was added") for symbol in unknown_symbols(old, new))


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
        yield from (_seen(pair, symbol, f"the symbol {symbol} was removed") for symbol in unknown_symbols(new, old))


def _seen(pair: Pair, symbol: str, message: str) -> Seen:
    """Risky for a reader who meets the symbol and takes a default for it."""
    reader = pair.reader
    meets = isinstance(reader, Enum) and symbol not in reader.symbols
    defaulted = meets and isinstance(reader, Enum) and reader.default is not None
    return Seen(message, *pair.places, severity=Severity.RISKY if defaulted else None, probe=holding(symbol) if meets else None)
