"""Who makes a request: a token's holder, whoever sits at the machine itself, an anonymous reader, or nobody."""

from __future__ import annotations

import base64
from ipaddress import ip_address
from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request

from registry.domain.access import Actor, Permission, Scope
from registry.domain.errors import Unauthenticated
from registry.http.runtime import Running, Runtime
from registry.services.permissions import require_read
from registry.services.tokens import authenticate

LOCAL = Actor("local", frozenset({Scope(Permission.ADMIN)}))
"""Whoever uses the embedded registry from the same machine without a token."""

ANONYMOUS = Actor("anonymous", frozenset({Scope(Permission.READ)}))
"""Whoever reads without a token where that is allowed."""


def identify(request: Request, runtime: Runtime) -> Actor:
    """Whose request this is. A token that comes along always counts, so a bad one is refused even where none is needed.

    Raises Unauthenticated.
    """
    return _identified(request, request.headers.get("authorization"), runtime)


def page_reader(request: Request, runtime: Running) -> Actor:
    """Who looks at a page. Browsers send no bearer tokens, so a page also takes a token as the password of Basic credentials.

    Raises Unauthenticated, or Forbidden.
    """
    header = request.headers.get("authorization")
    scheme, _, credentials = (header or "").partition(" ")
    if scheme.lower() == "basic":
        header = f"Bearer {_password(credentials)}"
    actor = _identified(request, header, runtime)
    require_read(actor)
    return actor


def _password(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


def _identified(request: Request, header: str | None, runtime: Runtime) -> Actor:
    if header is not None:
        with runtime.database.read() as store:
            return authenticate(store, header, key=runtime.key, now=runtime.clock())
    if runtime.access.local_writes and is_local(request):
        return LOCAL
    if runtime.access.anonymous_reads:
        return ANONYMOUS
    raise Unauthenticated("This registry answers only to a token.")


def is_local(request: Request) -> bool:
    """Whether a request was made on this machine, by a program and not by a page of some web site.

    A proxy on this machine would make every client look local, so traces of one count against it. So does a Host or Origin that
    is not this machine: a web site can point its own name at 127.0.0.1 (DNS rebinding) and then post as if from here.
    """
    headers = request.headers
    if any(name in {"forwarded", "via"} or name.startswith("x-forwarded-") for name in headers):
        return False
    origin = headers.get("origin")
    return (
        request.client is not None
        and is_loopback(request.client.host)
        and _names_loopback(f"//{headers.get('host', '')}")
        and (origin is None or _names_loopback(origin))
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _names_loopback(url: str) -> bool:
    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False


def _caller(request: Request) -> Actor:
    return cast("Actor", request.state.actor)


Caller = Annotated[Actor, Depends(_caller)]
"""The actor that the route found before it looked at anything else."""
