"""Which statuses, media types and parameters of two versions stand for the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from registry.engines.openapi.model import MediaType, Operation, Parameter, Response

Thing = TypeVar("Thing")

_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

Joined = tuple[list[tuple[Thing, Thing]], list[Thing], list[Thing]]
"""Pairs of the same thing, what only the old version has, what only the new one has."""


def join(old: Iterable[Thing], new: Iterable[Thing], key: Callable[[Thing], object]) -> Joined[Thing]:
    """Pair the things of equal key, in the order of the old ones; of several with one key the first counts."""
    waiting: dict[object, Thing] = {}
    for thing in new:
        waiting.setdefault(key(thing), thing)
    pairs: list[tuple[Thing, Thing]] = []
    removed: list[Thing] = []
    for thing in old:
        match = waiting.pop(key(thing), None)
        if match is None:
            removed.append(thing)
        else:
            pairs.append((thing, match))
    return pairs, removed, list(waiting.values())


def is_success(status: str) -> bool:
    """Whether a status or range says that the request was served."""
    return status.startswith("2")


def covers(wide: str, narrow: str) -> bool:
    """Whether the description of one status holds for another: `2XX` covers `204`, and `default` every failure."""
    if wide == "default":
        return narrow != wide and not is_success(narrow)
    return wide.endswith("XX") and narrow[:1] == wide[:1] and narrow != wide


def join_responses(old: Sequence[Response], new: Sequence[Response]) -> Joined[Response]:
    """Pair responses by status; one that only one side names goes with the range or default that covers it on the other."""
    pairs, removed, added = join(old, new, lambda response: response.status)
    gone = [response for response in removed if not _pair_covered(response, new, pairs)]
    came: list[Response] = []
    for response in added:
        wide = _covering(response.status, old)
        if wide is not None:
            pairs.append((wide, response))
        elif not any(covers(response.status, kept.status) for kept in old):
            came.append(response)
    # A range that was narrowed to some of its codes is not gone.
    gone = [response for response in gone if not any(covers(response.status, other.status) for other in new)]
    return pairs, gone, came


def _pair_covered(response: Response, new: Sequence[Response], pairs: list[tuple[Response, Response]]) -> bool:
    wide = _covering(response.status, new)
    if wide is not None:
        pairs.append((response, wide))
    return wide is not None


def _covering(status: str, responses: Sequence[Response]) -> Response | None:
    wider = [response for response in responses if covers(response.status, status)]
    return min(wider, key=lambda response: response.status == "default", default=None)


def essence(name: str) -> str:
    """A media type without its parameters, in lower case (RFC 9110, section 8.3.1)."""
    return name.partition(";")[0].strip().lower()


def is_text(name: str) -> bool:
    """Whether numbers and strings are written alike in a media type: in plain text, XML and forms, unlike in JSON."""
    plain = essence(name)
    return plain.startswith("text/") or plain.endswith(("/xml", "+xml")) or plain in _FORMS


def media_covers(wide: str, narrow: str) -> bool:
    """Whether a media range holds for a media type: `application/*` for `application/json` (RFC 9110, section 12.5.1)."""
    wide, narrow = essence(wide), essence(narrow)
    if wide == narrow:
        return True
    return wide in {"*/*", "*"} or (wide.endswith("/*") and narrow.startswith(wide[:-1]))


def join_media_types(old: Sequence[MediaType], new: Sequence[MediaType]) -> Joined[MediaType]:
    """Pair media types by name, else without their parameters, else with a range that covers them on the other side.

    A range of the old version that became some of its types is paired with them and counts as removed, too.
    """
    pairs, removed, added = join(old, new, lambda media: media.name.replace(" ", "").lower())
    similar, removed, added = join(removed, added, lambda media: essence(media.name))
    pairs += similar
    gone: list[MediaType] = []
    for media in removed:
        wide = next((other for other in new if media_covers(other.name, media.name)), None)
        if wide is None:
            gone.append(media)
        else:
            pairs.append((media, wide))
    came: list[MediaType] = []
    for media in added:
        wide = next((other for other in old if media_covers(other.name, media.name)), None)
        if wide is None:
            came.append(media)
        else:
            pairs.append((wide, media))
    return pairs, gone, [media for media in came if not any(media_covers(media.name, other.name) for other in old)]


def join_parameters(old: Sequence[Parameter], new: Sequence[Parameter]) -> Joined[Parameter]:
    """Pair parameters by place and name, path parameters by position, and what remains by name alone: such a one moved.

    Of one that a list has twice, which the specification forbids, the first counts.
    """
    pairs, removed, added = join(_once(old), _once(new), _identity)
    moved, removed, added = join(removed, added, lambda parameter: parameter.name)
    return pairs + moved, removed, added


def _once(parameters: Sequence[Parameter]) -> Iterable[Parameter]:
    first: dict[tuple[str, str | int], Parameter] = {}
    for parameter in parameters:
        first.setdefault(_identity(parameter), parameter)
    return first.values()


def _identity(parameter: Parameter) -> tuple[str, str | int]:
    if parameter.position is not None:
        return parameter.place, parameter.position
    return parameter.place, parameter.name.lower() if parameter.place == "header" else parameter.name


def join_operations(old: Sequence[Operation], new: Sequence[Operation]) -> Joined[Operation]:
    """Pair operations by method and path, else by method and shape of the path."""
    pairs, removed, added = join(old, new, lambda operation: (operation.template, operation.method))
    renamed, removed, added = join(removed, added, lambda operation: (operation.shape, operation.method))
    return pairs + renamed, removed, added
