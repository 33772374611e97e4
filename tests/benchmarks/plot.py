"""Points on lines, drawn as an SVG image that reads on light and on dark ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 400, 64, 16, 24, 48
_COLOURS = ("#2f6fde", "#c2410c", "#15803d", "#9333ea")
_GREY = "#888"


@dataclass(frozen=True)
class Line:
    """Named points, by their first coordinate."""

    name: str
    points: Sequence[tuple[float, float]]


def plotted(lines: Sequence[Line], across: str, up: str) -> str:
    """The image; both axes start at nothing, so that what grows linearly is a straight line to the corner."""
    widest = _rounded(max(x for line in lines for x, _ in line.points))
    highest = _rounded(max(y for line in lines for _, y in line.points))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"',
        ' font-family="sans-serif" font-size="12">',
        f"<title>{escape(up)} by {escape(across)}</title>",
        *_axes(widest, highest, across, up),
        *(part for index, line in enumerate(lines) for part in _drawn(line, index, widest, highest)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _rounded(value: float) -> float:
    step = 10 ** (ceil(log10(value)) - 1) if value > 0 else 1
    return ceil(value / step) * step


def _x(value: float, widest: float) -> float:
    return round(_LEFT + value / widest * (_WIDTH - _LEFT - _RIGHT), 1)


def _y(value: float, highest: float) -> float:
    return round(_HEIGHT - _BOTTOM - value / highest * (_HEIGHT - _TOP - _BOTTOM), 1)


def _axes(widest: float, highest: float, across: str, up: str) -> Iterator[str]:
    floor = _HEIGHT - _BOTTOM
    for share in (0, 0.25, 0.5, 0.75, 1):
        x, y = _x(widest * share, widest), _y(highest * share, highest)
        yield f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="{_GREY}" stroke-width="{1 if share == 0 else 0.3}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end" fill="{_GREY}">{highest * share:.4g}</text>'
        yield f'<text x="{x}" y="{floor + 16}" text-anchor="middle" fill="{_GREY}">{widest * share:,.0f}</text>'
    yield f'<text x="{(_WIDTH + _LEFT) / 2}" y="{_HEIGHT - 8}" text-anchor="middle" fill="{_GREY}">{escape(across)}</text>'
    yield f'<text transform="translate(14 {floor / 2}) rotate(-90)" text-anchor="middle" fill="{_GREY}">{escape(up)}</text>'


def _drawn(line: Line, index: int, widest: float, highest: float) -> Iterator[str]:
    colour = _COLOURS[index % len(_COLOURS)]
    places = [(_x(x, widest), _y(y, highest)) for x, y in line.points]
    yield f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in places)
    yield f'<text x="{_LEFT + 12}" y="{_TOP + 16 + 18 * index}" fill="{colour}">{escape(line.name)}</text>'
