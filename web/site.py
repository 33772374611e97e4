"""What every page needs: the database, the limits, the time, and the templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from registry.engines.documents.limits import Limits
from registry.storage.database import Database
from web import words
from web.assets import ICON, STYLESHEET
from web.links import LINKS

_TEMPLATES = Environment(
    loader=PackageLoader("web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(words.FILTERS)
_TEMPLATES.globals.update(LINKS, stylesheet=STYLESHEET, icon=ICON)


@dataclass(frozen=True, slots=True)
class Site:
    """The collaborators of the pages."""

    database: Database
    limits: Limits
    clock: Callable[[], datetime]


def render(template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page. Every value in the context is text to the templates: autoescape turns markup in contracts into characters."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(context), status_code=status)
