"""The colours of the stylesheet, checked by arithmetic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLESHEET = (Path(__file__).parents[2] / "web" / "static" / "interlock.css").read_text()
PAIRS = [
    *((text, surface) for text in ("text", "quiet", "link") for surface in ("page", "surface", "sunken")),
    ("on-accent", "accent"),
    *((tone, f"{tone}-surface") for tone in ("red", "amber", "green", "violet")),
    *((tone, "surface") for tone in ("red", "amber", "green", "violet")),
    *(("text", f"{tone}-surface") for tone in ("red", "amber", "green", "violet")),
]


def palette(scheme: str) -> dict[str, str]:
    """The colours of a scheme by name; the dark one is the second `:root`."""
    block = re.findall(r":root \{(.*?)\}", STYLESHEET, re.DOTALL)[scheme == "dark"]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, section 6, glossary)."""
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), PAIRS)
def test_text_can_be_read(scheme: str, text: str, surface: str) -> None:
    """Every text colour stands out from every surface that it is used on by 4.5 to 1 (WCAG 2.2, criterion 1.4.3)."""
    colours = palette(scheme)
    assert contrast(colours[text], colours[surface]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("surface", ["page", "surface", "sunken"])
def test_focus_can_be_seen(scheme: str, surface: str) -> None:
    """The focus ring stands out from what is around it by 3 to 1 (WCAG 2.2, criterion 1.4.11)."""
    colours = palette(scheme)
    assert contrast(colours["focus"], colours[surface]) >= 3


def test_both_schemes_have_every_colour() -> None:
    """No colour of the light scheme is missing in the dark one."""
    assert palette("light").keys() == palette("dark").keys()
