"""What is shown of a long witness."""

from __future__ import annotations

import pytest

from cli.rendering.excerpts import Excerpt, excerpt

DOCUMENT = {"data": [{"profile": {"url": None}}], "prices": {"mug": {"amount": 1}}, "text": "abc", "none": []}


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ("GET /a response 200 $.data[].profile.url", Excerpt("$.data[0].profile", {"url": None})),
        ("GET /a response 200 $.data[].profile.gone", Excerpt("$.data[0].profile", {"url": None})),
        ("Order $.prices{}.amount", Excerpt("$.prices.mug", {"amount": 1})),
        ("Order $.none[].a.b", Excerpt("$.none", [])),
        ("Order $.missing.a.b", Excerpt("$", DOCUMENT)),
        ("Order $.text.a.b", Excerpt("$.text", "abc")),
        ("Order $.text", Excerpt("$", DOCUMENT)),
        ("Order", Excerpt("$", DOCUMENT)),
    ],
)
def test_the_holder_of_what_changed_is_shown(element: str, shown: Excerpt) -> None:
    """As far down as the document goes; the property itself may be what is missing."""
    assert excerpt(DOCUMENT, element) == shown
