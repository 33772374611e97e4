"""Small valid objects, and two values for each field that holds a bare value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.edit_space.places import WITH_MEDIA_TYPE, Where
from tests.edit_space.published import ENTRY, Field

Object = dict[str, Any]

_TEXT: Object = {"type": "string"}
_LIST_OF_TEXTS: Object = {"type": "array", "items": _TEXT}
_ADDRESSES = ("https://one.example/", "https://two.example/")
_OAUTH: Object = {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": _ADDRESSES[0], "scopes": {}}}}

_KEYS = {
    "paths": ("/things", "/others"),
    "responses": ("200", "201"),
    "callback": ("{$request.query.one}", "{$request.query.two}"),
    "content": ("application/json", "application/xml"),
    "headers": ("X-One", "X-Two"),
    "additionalOperations": ("COPY", "MOVE"),
}
"""The author's names for entries, by the object whose entries they are or by the field."""

_TEXTS: Mapping[str, Sequence[str]] = {
    "style": ("spaceDelimited", "pipeDelimited", "matrix", "label", "cookie", "deepObject", "form", "simple"),
    "contentType": ("image/png", "image/jpeg"),
    "email": ("one@example.com", "two@example.com"),
    "openapi": ("{version}.0", "{version}.1"),
    "identifier": ("MIT", "ISC"),
    "nodeType": ("element", "attribute"),
    "type": ("http", "openIdConnect"),
    "scheme": ("basic", "bearer"),
    "in": ("query", "header"),
    "mapping": ("#/components/schemas/One", "#/components/schemas/Two"),
    "defaultMapping": ("#/components/schemas/One", "#/components/schemas/Two"),
    "jsonSchemaDialect": ("https://spec.openapis.org/oas/3.1/dialect/base", "http://json-schema.org/draft-04/schema"),
    "x-sunset": ("2031-01-31", "2030-01-31"),
    "x-stability-level": ("beta", "alpha"),
}
"""Values that have to mean something, by field; every other text is `one` or `two`, and every other address one of two."""

_VALUES: Mapping[tuple[str, str], Sequence[str]] = {
    ("operation", "operationId"): ("getThing", "readThing"),
    ("link", "operationRef"): ("#/paths/~1things/get", "#/paths/~1others/get"),
    ("securityscheme", "name"): ("X-One", "X-Two"),
    ("reference", "$ref"): ("#/components/parameters/one", "#/components/parameters/two"),
    ("pathitem", "$ref"): ("#/x-items/one", "#/x-items/two"),
}
"""The same for fields whose name means something else elsewhere."""

_AROUND: Mapping[tuple[str, str], Object] = {
    ("parameter", "explode"): {"schema": _LIST_OF_TEXTS},
    ("parameter", "style"): {"schema": _LIST_OF_TEXTS},
    ("header", "explode"): {"schema": _LIST_OF_TEXTS},
    ("server", "variables"): {"url": "https://{one}.{two}.example/"},
    ("openapi", "paths"): {"components": {}},
    ("operation", "x-sunset"): {"deprecated": True},
    ("parameter", "x-sunset"): {"deprecated": True},
    ("header", "x-sunset"): {"deprecated": True},
    ("link", "operationRef"): {"operationRef": "#/paths/~1things/get"},
}
"""What else an object has to say for a field to mean something."""

_SCHEMES: Mapping[str, Object] = {
    "name": {"type": "apiKey", "in": "header", "name": "X-One"},
    "in": {"type": "apiKey", "in": "header", "name": "X-One"},
    "bearerFormat": {"type": "http", "scheme": "bearer"},
    "openIdConnectUrl": {"type": "openIdConnect", "openIdConnectUrl": _ADDRESSES[0]},
    "flows": _OAUTH,
    "oauth2MetadataUrl": _OAUTH,
}
"""The security schemes that have a field, by the field; `http` has the others."""

_TYPED: Object = {"schema": {"type": "string"}, "content": None}
_WITH_CONTENT: Object = {"schema": None, "content": {"application/json": {"schema": {"type": "string"}}}}

SWAPS: Mapping[tuple[str, str], Sequence[tuple[str, Object, Object]]] = {
    ("parameter", "schema"): (("added", _WITH_CONTENT, _TYPED),),
    ("parameter", "content"): (("added", _TYPED, _WITH_CONTENT),),
    ("header", "schema"): (("added", _WITH_CONTENT, _TYPED),),
    ("header", "content"): (("added", _TYPED, _WITH_CONTENT),),
    ("securityscheme", "type"): (
        ("changed", {"type": "http", "scheme": "basic"}, {"type": "apiKey", "scheme": None, "in": "header", "name": "X-One"}),
    ),
    ("securityrequirement", "*"): (
        ("one more scope", {"one": ["read"]}, {"one": ["read", "write"]}),
        ("one scope less", {"one": ["read", "write"]}, {"one": ["read"]}),
    ),
}
"""Edits that take more than one field: the action, and what the object says before and after; None for nothing."""

_RIVALS = {
    "schema": "content",
    "content": "schema",
    "example": "examples",
    "examples": "example",
    "operationRef": "operationId",
    "value": "externalValue",
    "identifier": "url",
}
"""Fields of which an object may have one."""


def sample(name: str, where: Where, number: int = 0, near: Sequence[str] = ()) -> Object:
    """A small valid object; a second one of the same sort for number 1. `near` are the fields around it that it has to suit."""
    make = _MADE.get(name)
    return make(where, number, near) if make else {**_SMALL.get(name, ({}, {}))[number]}


def _texts(key: str, one: Any, two: Any, **more: Any) -> tuple[Object, Object]:
    return {key: one, **more}, {key: two, **more}


_SMALL: Mapping[str, tuple[Object, Object]] = {
    "info": _texts("title", "one", "two", version="1.0.0"),
    "encoding": _texts("contentType", "image/png", "image/jpeg"),
    "operation": _texts("responses", {"200": {"description": "one"}}, {"200": {"description": "two"}}),
    "responses": _texts("200", {"description": "one"}, {"description": "two"}),
    "response": _texts("description", "one", "two"),
    "requestbody": _texts("content", *[{"application/json": {"schema": {"type": "string"}}}] * 2),
    "server": _texts("url", *_ADDRESSES),
    "externaldocumentation": _texts("url", *_ADDRESSES),
    "servervariable": _texts("default", "one", "two", enum=["one", "two"]),
    "securityrequirement": ({"one": []}, {"two": []}),
    "link": _texts("operationId", "getThing", "getThing"),
    "tag": _texts("name", "one", "two"),
    "license": _texts("name", "one", "two"),
    "discriminator": _texts("propertyName", "kind", "kind"),
    "reference": _texts("$ref", "#/components/parameters/one", "#/components/parameters/two"),
    "schema": _texts("type", "string", "integer"),
    "implicit": _texts("authorizationUrl", *_ADDRESSES, scopes={"one": "One"}),
    "password": _texts("tokenUrl", *_ADDRESSES, scopes={"one": "One"}),
    "clientcredentials": _texts("tokenUrl", *_ADDRESSES, scopes={"one": "One"}),
    "authorizationcode": _texts("authorizationUrl", *_ADDRESSES, tokenUrl=_ADDRESSES[0], scopes={"one": "One"}),
    "deviceauthorization": _texts("deviceAuthorizationUrl", *_ADDRESSES, tokenUrl=_ADDRESSES[0], scopes={"one": "One"}),
}
"""Objects that look the same everywhere; one that is not among them need say nothing."""


def _document(where: Where, _: int, near: Sequence[str]) -> Object:
    return {"openapi": "3.2.0", "info": sample("info", where), "paths": sample("paths", where, 0, near)}


def _paths(name: str) -> Callable[[Where, int, Sequence[str]], Object]:
    return lambda where, number, near: {keys(name, ENTRY, near)[number]: sample("pathitem", where, number)}


def _path_item(where: Where, number: int, _: Sequence[str]) -> Object:
    return {"get": sample("operation", where, number)}


def _header(where: Where, _: int, __: Sequence[str]) -> Object:
    return {key: value for key, value in (_WITH_CONTENT if WITH_MEDIA_TYPE in where.part else _TYPED).items() if value}


def _scheme(_: Where, number: int, near: Sequence[str]) -> Object:
    fallback = {"type": "http", "scheme": ("basic", "bearer")[number]}
    return next(({**scheme} for field, scheme in _SCHEMES.items() if field in near), fallback)


def _parameter(where: Where, number: int, _: Sequence[str]) -> Object:
    place = where.part.removesuffix(WITH_MEDIA_TYPE).removesuffix(" parameter") or "query"
    with_media_type = WITH_MEDIA_TYPE in where.part or place == "querystring"
    required: Object = {"required": True} if place == "path" else {}
    value = {key: value for key, value in (_WITH_CONTENT if with_media_type else _TYPED).items() if value}
    return {"name": ("one", "two")[number], "in": place, **required, **value}


def _media_type(_: Where, __: int, near: Sequence[str]) -> Object:
    if "itemSchema" in near:
        return {}
    if "encoding" in near:
        part = _LIST_OF_TEXTS if near.count("encoding") == 1 else {"type": "object", "properties": {"one": _TEXT, "two": _TEXT}}
        return {"schema": {"type": "object", "properties": {"one": part, "two": part}}}
    if "prefixEncoding" in near or "itemEncoding" in near:
        return {"schema": _LIST_OF_TEXTS}
    return {"schema": {"type": "string"}}


_MADE: Mapping[str, Callable[[Where, int, Sequence[str]], Object]] = {
    "openapi": _document,
    "paths": _paths("paths"),
    "callback": _paths("callback"),
    "pathitem": _path_item,
    "parameter": _parameter,
    "header": _header,
    "mediatype": _media_type,
    "securityscheme": _scheme,
}
"""Objects that have to suit their place."""


def around(name: str, field: str, where: Where, near: Sequence[str] = ()) -> Object:
    """An object in which a field means something, without that field's rival."""
    whole = {**sample(name, where, near=near), **_AROUND.get((name, field), {})}
    rival = _RIVALS.get(field)
    if rival is not None and (name, field) != ("example", "value"):
        whole.pop(rival, None)
    return whole


def keys(owner: str, field: str, near: Sequence[str] = ()) -> tuple[str, str]:
    """Two names that an author could choose for the entries of a field."""
    name = owner if field == ENTRY else field
    if name == "paths" and "path parameter" in near:
        return ("/things/{one}", "/things/{two}/more")
    if name == "content" and "encoding" in near:
        return ("multipart/form-data", "application/xml")
    if name == "content" and {"prefixEncoding", "itemEncoding"} & {*near}:
        return ("multipart/mixed", "application/xml")
    if name == "content" and "itemSchema" in near:
        return ("application/jsonl", "application/json-seq")
    return _KEYS.get(name, ("one", "two"))


def candidates(owner: str, field: Field, version: str) -> Sequence[Any]:
    """Values for a field that holds a bare value, of which the first two that are valid are taken."""
    known = _VALUES.get((owner, field.name)) or _TEXTS.get(field.name)
    if known is not None:
        return [text.replace("{version}", version) for text in known]
    about = field.value if isinstance(field.value, Mapping) else {}
    return _ADDRESSES if str(about.get("format", "")).startswith("uri") else ("one", "two")
