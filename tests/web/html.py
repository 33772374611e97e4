"""Reading a page as a person does: its headings, links, addresses and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})
_INLINE = frozenset({"a", "code", "span", "strong", "time", "ins", "del"})
_LINKS = {"a": "href", "link": "href", "img": "src", "form": "action"}


@dataclass
class Page:
    """What one page holds. `faults` are tags that are not closed in order."""

    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.page.text += "" if tag in _INLINE else " "
        self.page.tags.add(tag)
        self.page.attributes.update(values)
        if values.get("id"):
            self.page.identifiers.append(values["id"] or "")
        if (link := values.get(_LINKS.get(tag, ""))) is not None:
            self.page.links.append(link)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.page.headings.append(tag)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.page.faults.append(f"</{tag}> inside {self.open[-3:]} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.page.text += data


def read_page(text: str) -> Page:
    """The page of an HTML text."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.page.faults += [f"<{tag}> is never closed" for tag in reader.open]
    reader.page.text = " ".join(reader.page.text.split())
    return reader.page
