"""Tenant and correlation id in the metadata of gRPC calls, on both sides."""

from __future__ import annotations

from uuid import uuid4

import grpc

from contracts.checkout.common.events import Caller

DEADLINE_SECONDS = 5.0
"""Generous beside the time budgets of the contracts: reference services run on laptops and in crowded pipelines."""


def metadata_of(caller: Caller) -> tuple[tuple[str, str], ...]:
    """What a client sends along."""
    return (("x-tenant-id", caller.tenant), ("x-correlation-id", caller.correlation))


def caller_of(context: grpc.ServicerContext) -> Caller:
    """Who calls. Ends the call with INVALID_ARGUMENT when no tenant is named."""
    metadata = {key: str(value) for key, value in context.invocation_metadata()}
    tenant = metadata.get("x-tenant-id")
    if tenant is None:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, "x-tenant-id is missing")
    return Caller(tenant, metadata.get("x-correlation-id") or str(uuid4()))
