"""The static files, under names that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response

from registry.domain.contract import digest_of
from registry.domain.errors import NotFound

_MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_IMMUTABLE = "public, max-age=31536000, immutable"


def _named_by_content(path: Path) -> tuple[str, tuple[bytes, str]]:
    data = path.read_bytes()
    return f"{path.stem}-{digest_of(data)[:12]}{path.suffix}", (data, _MEDIA_TYPES[path.suffix])


# All of them are small; reading them once makes serving one a look-up, and no path from a request meets the file system.
_FILES = dict(_named_by_content(path) for path in sorted((Path(__file__).parent / "static").iterdir()))


def _url(stem: str) -> str:
    return next(f"/static/{name}" for name in _FILES if name.startswith(f"{stem}-"))


STYLESHEET = _url("interlock")
ICON = _url("icon")


def add_assets(router: APIRouter) -> None:
    """The route of the static files."""

    @router.get("/static/{name}")
    def static_file(name: str) -> Response:
        found = _FILES.get(name)
        if found is None:
            raise NotFound("file", name, "Reload the page: the file has another name since the registry was updated.")
        data, media_type = found
        return Response(data, media_type=media_type, headers={"Cache-Control": _IMMUTABLE})
