"""The content of a pact: what of it can affect a verification, and the hash over that."""

from __future__ import annotations

import hashlib
import json

from registry.domain.change import Json
from registry.engines.pacts.pact import Interaction, Pact

# Whatever a member that is not listed here may mean, it counts: to verify again costs less than to inherit a wrong result.
_NO_EFFECT = frozenset({"_id", "_links", "comments", "createdAt", "interactionMarkup", "key", "pending"})
_SAME_AS_ABSENT = frozenset({"generators", "matchingRules", "metaData", "metadata", "providerState", "providerStates"})


def content_identity(pact: Pact) -> str:
    """SHA-256, in hexadecimal, over what affects the verification of a pact.

    That is the two names, the specification's version and the set of interactions; neither their order nor the file's metadata,
    links, comments and pending flags. Equal content inherits the results of its verifications.
    """
    interactions: list[Json] = [*sorted({interaction_identity(interaction) for interaction in pact.interactions})]
    return _digest([pact.consumer, pact.provider, list(pact.specification), interactions])


def interaction_identity(interaction: Interaction) -> str:
    """SHA-256, in hexadecimal, over what affects the verification of one interaction."""
    counting = {name: value for name, value in interaction.source.items() if name not in _NO_EFFECT}
    for side in {"request", "response"} & counting.keys():
        counting[side] = _without_empty(counting[side])
    return _digest(_without_empty(counting))


def _without_empty(value: Json) -> Json:
    """A record, or each of a list of them, without empty rules, generators and states: libraries write those or leave them out."""
    if isinstance(value, dict):
        return {name: member for name, member in value.items() if member or name not in _SAME_AS_ABSENT}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _digest(value: Json) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
