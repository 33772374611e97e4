"""Talking to a registry over its API, and turning its refusals back into words and exit codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from cli.failure import INCOMPATIBLE, REGISTRY, USAGE, CommandFailed, Failure
from registry.domain.location import Location, Position

if TYPE_CHECKING:
    import httpx

API = "/api/v1"

_PAGE = "200"
_JSON = "application/json"
_BYTES = "application/octet-stream"

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the registry is and who asks. A method makes one request and follows no redirect: a token goes where it was sent."""

    server: str
    token: str
    timeout: float

    def get(self, path: str, **query: str | None) -> Any:
        """The JSON that a GET answers; query parameters that are None are left out. Raises CommandFailed."""
        return self._send("GET", path, params={name: value for name, value in query.items() if value is not None})

    def content(self, path: str) -> bytes:
        """The exact bytes that a GET answers. Raises CommandFailed."""
        return self._send("GET", path, expects=_BYTES)

    def pages(self, path: str) -> list[Any]:
        """The items of all pages of a list that goes from new to old. Raises CommandFailed."""
        items: list[Any] = []
        cursor: str | None = None
        while True:
            page = self.get(path, before=cursor, limit=_PAGE)
            items.extend(page["items"])
            cursor = page["next"]
            if cursor is None:
                return items

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON that a POST answers. Raises CommandFailed."""
        return self._send("POST", path, json=body)

    def delete(self, path: str) -> Any:
        """The JSON that a DELETE answers, None for an empty answer. Raises CommandFailed."""
        return self._send("DELETE", path)

    def _send(self, method: str, path: str, *, expects: str = _JSON, **content: Any) -> Any:
        import httpx

        # Without the line end that a secret from a file or a CI setting often has.
        token = self.token.strip()
        if not (token.isascii() and token.isprintable()):
            raise CommandFailed(_no_token())
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            response = httpx.request(
                method,
                self._address(path),
                headers=headers,
                timeout=self.timeout,
                follow_redirects=False,
                **content,
            )
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise CommandFailed(self._unreachable(error)) from None
        return self._answer(response, expects)

    def _address(self, path: str) -> str:
        if not _is_web_address(self.server):
            problem = f"{self.server!r} is no address of a registry."
            advice = "Pass --server or set INTERLOCK_SERVER to something like https://registry.example.org."
            raise CommandFailed(Failure("bad-request", problem, "", advice, USAGE))
        return f"{self.server.rstrip('/')}{API}{path}"

    def _answer(self, response: httpx.Response, expects: str) -> Any:
        media_type = response.headers.get("content-type", "").partition(";")[0]
        if response.is_success and media_type == expects == _BYTES:
            return response.content
        if response.is_success and not response.content:
            return None
        if media_type not in {_JSON, "application/problem+json"} or response.is_redirect:
            raise CommandFailed(self._stranger(response, media_type))
        body = _json_of(response)
        if response.is_success and body is not None and expects == _JSON:
            return body
        if not isinstance(body, dict) or "code" not in body:
            raise CommandFailed(self._stranger(response, media_type))
        raise CommandFailed(_failure_of(response.status_code, body))

    def _unreachable(self, error: Exception) -> Failure:
        return Failure(
            code="unreachable",
            message=f"The registry at {self.server} cannot be reached: {error or type(error).__name__}.",
            place="",
            next_step="Check --server or INTERLOCK_SERVER; `interlock serve` starts a registry here.",
            exit_code=REGISTRY,
        )

    def _stranger(self, response: httpx.Response, media_type: str) -> Failure:
        target = response.headers.get("location")
        said = f"redirects to {target}" if target else f"answers {response.status_code} with {media_type or 'no content type'}"
        return Failure(
            code="unreachable",
            message=f"What is at {self.server} {said}; that is no answer of an Interlock registry.",
            place="",
            next_step="Check --server or INTERLOCK_SERVER; redirects are not followed, because the token would go along.",
            exit_code=REGISTRY,
        )


def segment(name: str) -> str:
    """A name as one segment of a path."""
    return quote(name, safe="")


def _is_web_address(server: str) -> bool:
    try:
        parts = urlsplit(server)
    except ValueError:  # such as `http://[`
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _json_of(response: httpx.Response) -> Any:
    """The JSON of a response, or None for what is none."""
    try:
        return response.json()
    except ValueError:
        return None


def _no_token() -> Failure:
    """The characters are not shown: most of them may be those of a secret."""
    return Failure(
        code="unauthenticated",
        message="The token holds characters that no token has.",
        place="",
        next_step="Check --token or INTERLOCK_TOKEN; `interlock token create` makes one.",
        exit_code=REGISTRY,
    )


def _failure_of(status: int, problem: JsonObject) -> Failure:
    """The failure that a problem document (RFC 9457) tells of."""
    return Failure(
        code=problem.get("code", "error"),
        message=problem.get("detail", f"The registry answered {status}."),
        place=_place(problem.get("place")),
        next_step=problem.get("next_step", ""),
        exit_code=_exit_code(status),
        details=problem.get("facts"),
    )


def _exit_code(status: int) -> int:
    if status == 409:
        return INCOMPATIBLE
    refused = status in {401, 403, 429} or status >= 500
    return REGISTRY if refused else USAGE


def _place(place: JsonObject | None) -> str:
    if place is None:
        return ""
    position = Position(place["line"], place["column"]) if place.get("line") else None
    return str(Location(place["file"], place["path"], position))
