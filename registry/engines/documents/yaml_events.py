"""YAML text into libyaml's events: syntax only, each with its place, without recursion.

Events are exact where finished readers are lenient (py-yaml12 keeps the last duplicate key in silence and turns large integers into
floats; on deep block sequences it ends the process), and streaming them costs a fifth of PyYAML's composed nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from yaml.cyaml import CBaseLoader
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from registry.domain.errors import Malformed, NotText
from registry.domain.location import Location, Position
from registry.engines.documents.text import place_at

NodeEvent: TypeAlias = ScalarEvent | AliasEvent | MappingStartEvent | MappingEndEvent | SequenceStartEvent | SequenceEndEvent

_NODE_EVENTS = (ScalarEvent, AliasEvent, MappingStartEvent, MappingEndEvent, SequenceStartEvent, SequenceEndEvent)

# YAML 1.2.2, section 5.1, without the byte order mark, which decoding has dropped where it may stand.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# YAML 1.2.2, section 5.4: line breaks in YAML 1.1 (and for libyaml), plain characters since 1.2.
_OLD_LINE_BREAK = re.compile("[\x85\u2028\u2029]")
# Every %TAG directive makes the next one slower in libyaml, and no tag that needs one is read.
_TAG_DIRECTIVE = re.compile(r"(?:\A|[\n\r])(?P<directive>%TAG)")
_SURROGATE_PROBLEM = "found invalid Unicode character escape code"


def node_events(name: str, text: str) -> Iterator[NodeEvent]:
    """The events of the nodes of the one document of a YAML 1.2 text.

    Raises NotText for characters that YAML does not have; Malformed for bad syntax, no document, a second document, YAML 1.1 and
    %TAG directives.
    """
    _check_characters(name, text)
    documents = 0
    for event in _events(name, text):
        if isinstance(event, _NODE_EVENTS):
            yield event
        elif isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Malformed("A second YAML document starts here; a file holds one.", place_of(name, event))
            if event.version is not None and event.version < (1, 2):
                raise Malformed("The file asks for YAML 1.1, which reads some values otherwise than 1.2.", place_of(name, event))
    if not documents:
        raise Malformed("The file is empty: it holds only comments.", Location(name, "", Position(1, 1)))


def position_of(event: Event) -> Position:
    """Where an event starts."""
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)


def place_of(name: str, event: Event) -> Location:
    """The place where an event starts."""
    return Location(name, "", position_of(event))


def _check_characters(name: str, text: str) -> None:
    if odd := _NOT_PRINTABLE.search(text):
        raise NotText(f"YAML text cannot carry the character U+{ord(odd[0]):04X}.", place_at(name, text, odd.start()))
    if odd := _OLD_LINE_BREAK.search(text):
        problem = f"YAML 1.1 takes the character U+{ord(odd[0]):04X} for a line break and 1.2 does not; write it as an escape."
        raise Malformed(problem, place_at(name, text, odd.start()))
    if "%TAG" in text and (directive := _TAG_DIRECTIVE.search(text)):
        problem = "%TAG directives are not read: only the core tags exist."
        raise Malformed(problem, place_at(name, text, directive.start("directive")))


def _events(name: str, text: str) -> Iterator[Event]:
    parser = CBaseLoader(text)
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            if event is not None:
                yield event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # libyaml ends every text with a line break of its own: what is missing at the end is missing at the end of the text.
        place = place_at(name, text, min(mark.index, len(text))) if mark else Location(name, "")
        problem = error.problem or "bad syntax"
        if problem == _SURROGATE_PROBLEM:
            raise NotText("The escape is no character: a lone surrogate, or beyond U+10FFFF.", place) from None
        context = f" {error.context}" if error.context else ""
        raise Malformed(f"This is not YAML: {problem}{context}.", place) from None
    finally:
        parser.dispose()
