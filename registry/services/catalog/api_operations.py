"""The operations of an OpenAPI contract, as the catalog lists them."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import Source
from registry.engines.documents.limits import Limits
from registry.engines.openapi.model import Api, Operation
from registry.engines.openapi.reader import read_api
from registry.engines.openapi.reading import parse
from registry.services.catalog.content_rows import OperationRow


def api_operations(source: Source, limits: Limits) -> tuple[OperationRow, ...]:
    """Every operation in the order of the document, webhooks after paths. Raises the BadInput errors."""
    return tuple(_row(operation) for operation in _operations(read_api(parse(source, limits))))


def _operations(api: Api) -> Iterator[Operation]:
    for path in api.paths:
        yield from path.operations
    for webhook in api.webhooks:
        yield from webhook.operations


def _row(operation: Operation) -> OperationRow:
    lifecycle = operation.lifecycle
    return OperationRow(
        element=operation.element,
        method=operation.method,
        path=operation.template,
        identifier=operation.identifier or "",
        summary=operation.summary,
        parameters=tuple(
            f"{parameter.place} {parameter.name}{' (required)' if parameter.required else ''}" for parameter in operation.parameters
        ),
        request=tuple(media_type.name for media_type in operation.body.media_types) if operation.body else (),
        responses=tuple(response.status for response in operation.responses),
        deprecated=lifecycle.deprecated,
        sunset=lifecycle.sunset if isinstance(lifecycle.sunset, str) else "",
        sent_by_server=operation.reversed,
    )
