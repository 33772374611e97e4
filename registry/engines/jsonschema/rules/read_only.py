"""A value became, or ceased to be, read-only."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._notes import flag_set, flag_unset
from registry.engines.jsonschema.rules._shared import NOTED
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="became-read-only",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(old="type: string", new="{type: string, readOnly: true}"),
    fine=Example(old="{type: string, readOnly: true}", new="type: string"),
    cap_reason="readers commonly ignore a read-only value that is sent",
)
def became_read_only(pair: SchemaPair) -> Iterator[Seen]:
    """A value that could be written is read-only now.

    Writers that still send it see it ignored or refused.
    """
    yield from flag_set(pair, "readOnly")


@rule(
    id="became-not-read-only",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old="{type: string, readOnly: true}", new="type: string"),
    fine=Example(old="type: string", new="{type: string, readOnly: true}"),
    cap_reason="nobody could have written it before",
)
def became_not_read_only(pair: SchemaPair) -> Iterator[Seen]:
    """A value that was read-only can be written now.

    Nobody wrote it before, so nobody is hurt.
    """
    yield from flag_unset(pair, "readOnly")
