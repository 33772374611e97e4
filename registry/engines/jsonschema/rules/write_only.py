"""A value became, or ceased to be, write-only."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._notes import flag_set, flag_unset
from registry.engines.jsonschema.rules._shared import NOTED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="became-write-only",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=Example(old="type: string", new="{type: string, writeOnly: true}"),
    fine=Example(old="{type: string, writeOnly: true}", new="type: string"),
)
def became_write_only(pair: SchemaPair) -> Iterator[Seen]:
    """A value that could be read is write-only now.

    Readers that used it do not meet it any more.
    """
    yield from flag_set(pair, "writeOnly")


@rule(
    id="became-not-write-only",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old="{type: string, writeOnly: true}", new="type: string"),
    fine=Example(old="type: string", new="{type: string, writeOnly: true}"),
    cap_reason="nobody could have read it before",
)
def became_not_write_only(pair: SchemaPair) -> Iterator[Seen]:
    """A value that was write-only can be read now.

    Readers meet a value more, which they may ignore.
    """
    yield from flag_unset(pair, "writeOnly")
