"""One record of functions per kind of contract: all that publish, check and diff need to know about a format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Thread
from typing import Any, NoReturn

from registry.domain.change import Change, Comparison
from registry.domain.contract import ContractKind, Mode, Source, digest_of
from registry.domain.location import Location
from registry.domain.policy import ComparisonPolicy
from registry.domain.policy_json import comparison_policy_to_json
from registry.engines.documents.limits import Limits
from registry.engines.documents.placing import place

ENGINE = "2"
"""Changes with every change of the rules, so that remembered comparisons are made anew."""


def judged_by(subject: str, entries: tuple[str, str], policy: ComparisonPolicy) -> str:
    """What a remembered comparison depends on beside the files: the rules, the contract's name, the entries and the policy."""
    facts = json.dumps([subject, entries, comparison_policy_to_json(policy)], sort_keys=True)
    return f"{ENGINE}-{digest_of(facts.encode())[:32]}"


@dataclass(frozen=True, slots=True)
class LineName:
    """What a document calls the major line that it belongs to, the number in that name if there is one, and where it stands."""

    text: str
    number: int | None
    place: Location


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of contract is read and compared.

    `read` raises the BadInput errors; what it returns is opaque and goes into the other two. `compare` takes (old, new, subject,
    mode, as_of, policy); the subject is the contract's name. `carriers` are the elements that only lead to others (methods).
    `declared_version` is the number that the document itself gives, if any, and `line_name` what it calls its major line. `lint`
    finds faults of style, where a tool of the kind does; it raises BadInput too. `faults` is the number of structural faults of
    what was read, which is compared all the same.
    """

    read: Callable[[Source, Limits], Any]
    compare: Callable[[Any, Any, str, Mode, datetime, ComparisonPolicy], Comparison]
    elements: Callable[[Any, str], frozenset[str]]
    carriers: Callable[[Any], frozenset[str]]
    declared_version: Callable[[Any], str | None]
    line_name: Callable[[Any], LineName | None] = lambda _parsed: None
    compare_history: Callable[[Iterable[Any], Any, str, Mode, datetime, ComparisonPolicy], Iterator[Comparison]] | None = None
    """The same as `compare` for many older revisions, where what is known of the new one is worth sharing between them."""
    lint: Callable[[Source, Limits], Sequence[Change]] = lambda _source, _limits: ()
    faults: Callable[[Any], int] = lambda _parsed: 0
    waits_for_child: bool = False
    """Whether reading mostly waits for a child process, so that two revisions are read in the time of one."""


def compare(
    kind: ContractKind,
    old: Source,
    new: Source,
    *,
    subject: str,
    mode: Mode,
    as_of: datetime,
    limits: Limits,
    policy: ComparisonPolicy = ComparisonPolicy(),
) -> Comparison:
    """What changed between two revisions, with the lines and columns of every place.

    Raises BadInput when either cannot be read.
    """
    engine = engine_of(kind)
    before, after = reading(engine, old, limits), reading(engine, new, limits)
    comparison = engine.compare(before(), after(), subject, mode, as_of, policy)
    return place(comparison, old.files, new.files)


def compare_history(
    kind: ContractKind,
    history: Sequence[Source],
    new: Source,
    *,
    subject: str,
    mode: Mode,
    as_of: datetime,
    limits: Limits,
    policy: ComparisonPolicy = ComparisonPolicy(),
) -> Iterator[Comparison]:
    """The same for each of many older revisions in turn; every revision is read once. Raises BadInput as it goes."""
    engine = engine_of(kind)
    after = engine.read(new, limits)
    before = (engine.read(old, limits) for old in history)
    if engine.compare_history is not None:
        found = engine.compare_history(before, after, subject, mode, as_of, policy)
    else:
        found = (engine.compare(old, after, subject, mode, as_of, policy) for old in before)
    return (place(comparison, old.files, new.files) for old, comparison in zip(history, found, strict=True))


def reading(engine: Format, source: Source, limits: Limits) -> Callable[[], Any]:
    """Begin to read a revision where that can go on beside other work; the answer gives it, or raises what reading raises."""
    if not engine.waits_for_child:
        return lambda: engine.read(source, limits)
    outcome: list[Callable[[], Any]] = []

    def read() -> None:
        try:
            value = engine.read(source, limits)
            outcome.append(lambda: value)
        except Exception as error:  # noqa: BLE001 - raised again where the answer is asked for
            outcome.append(partial(_raise, error))

    thread = Thread(target=read)
    thread.start()

    def answer() -> Any:
        thread.join()
        return outcome[0]()

    return answer


def _raise(error: Exception) -> NoReturn:
    raise error


def engine_of(kind: ContractKind) -> Format:
    """The format of a kind. Engines are imported when they are needed: a command that compares OpenAPI pays for OpenAPI."""
    return _LOADERS[kind]()


def _openapi() -> Format:
    from registry.engines.openapi.comparing import compare as compare_apis
    from registry.engines.openapi.faults import faults
    from registry.engines.openapi.listing import elements, info_version
    from registry.engines.openapi.reading import parse

    return Format(
        read=parse,
        compare=lambda old, new, _subject, mode, as_of, policy: compare_apis(
            old, new, mode=mode, as_of=as_of, minimum_notice=policy.minimum_notice
        ),
        elements=lambda parsed, _subject: elements(parsed),
        carriers=lambda _parsed: frozenset(),
        declared_version=info_version,
        lint=_lint_openapi,
        faults=lambda parsed: len(faults(parsed)),
    )


def _lint_openapi(source: Source, limits: Limits) -> Sequence[Change]:
    from registry.engines.openapi.lint import lint
    from registry.engines.openapi.reading import parse

    return place(Comparison(lint(parse(source, limits))), {}, source.files).changes


def _protobuf() -> Format:
    from registry.engines.protobuf.comparison import compare as compare_descriptors
    from registry.engines.protobuf.contract import parse
    from registry.engines.protobuf.inventory import elements, methods
    from registry.engines.protobuf.limits import CompileLimits

    return Format(
        read=lambda source, limits: parse(source, CompileLimits(files=limits.files)),
        compare=lambda old, new, _subject, mode, as_of, policy: compare_descriptors(
            old, new, mode=mode, as_of=as_of, policy=policy.protobuf
        ),
        elements=lambda parsed, _subject: elements(parsed),
        carriers=lambda parsed: frozenset(method.about.full_name for method in methods(parsed)),
        declared_version=lambda _parsed: None,
        lint=_lint_protobuf,
        waits_for_child=True,
    )


def _lint_protobuf(source: Source, limits: Limits) -> Sequence[Change]:
    from registry.engines.protobuf.limits import CompileLimits
    from registry.engines.protobuf.lint import lint

    return lint(source, CompileLimits(files=limits.files))


def _jsonschema() -> Format:
    from registry.engines.jsonschema.contract import elements, parse
    from registry.engines.jsonschema.event_comparison import compare as compare_schemas
    from registry.engines.jsonschema.event_comparison import compare_history as compare_schemas_in_history

    return Format(
        read=parse,
        compare=lambda old, new, subject, mode, as_of, policy: compare_schemas(
            old, new, subject=subject, mode=mode, as_of=as_of, minimum_notice=dict(policy.minimum_notice)
        ),
        elements=elements,
        carriers=lambda _parsed: frozenset(),
        declared_version=lambda _parsed: None,
        line_name=_data_schema,
        compare_history=lambda history, new, subject, mode, as_of, policy: compare_schemas_in_history(
            history, new, subject=subject, mode=mode, as_of=as_of, minimum_notice=dict(policy.minimum_notice)
        ),
    )


def _data_schema(parsed: Any) -> LineName | None:
    from registry.engines.jsonschema.contract import data_address
    from registry.engines.jsonschema.envelope import line_in

    found = data_address(parsed)
    return LineName(found[0], line_in(found[0]), found[1]) if found is not None else None


def _avro() -> Format:
    from registry.engines.avro.comparison import compare as compare_schemas
    from registry.engines.avro.elements import elements
    from registry.engines.avro.reading import parse

    return Format(
        read=parse,
        compare=lambda old, new, subject, mode, _as_of, _policy: compare_schemas(old, new, subject=subject, mode=mode),
        elements=elements,
        carriers=lambda _parsed: frozenset(),
        declared_version=lambda _parsed: None,
    )


_LOADERS: Mapping[ContractKind, Callable[[], Format]] = {
    ContractKind.OPENAPI: _openapi,
    ContractKind.PROTOBUF: _protobuf,
    ContractKind.JSONSCHEMA: _jsonschema,
    ContractKind.AVRO: _avro,
}
