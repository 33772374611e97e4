"""Catalog's prices over gRPC, in both major lines of `catalog-pricing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import grpc

from contracts.checkout.catalog.model import Catalog, Quote
from contracts.checkout.common.calls import caller_of
from contracts.checkout.common.money import Money, sum_of
from contracts.checkout.common.stubs import stubs
from contracts.checkout.common.surroundings import Surroundings

_VALIDITY = timedelta(minutes=15)


def register(server: grpc.Server, catalog_of: Callable[[], Catalog], surroundings: Surroundings) -> None:
    """Serve both lines from the catalog that is current when a call arrives."""
    generated = stubs()
    v1, v2 = generated.pricing_v1, generated.pricing_v2

    class PricingV1(generated.pricing_v1_grpc.PricingServiceServicer):
        def GetPrice(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802 - the method's own name
            quote = _quotes(catalog_of(), [request], request.currency_code, context)[0]
            return v1.GetPriceResponse(
                sku=quote.sku,
                unit_price_minor=quote.unit_price.amount,
                currency_code=quote.unit_price.currency,
                unit_price=_money(v1, quote.unit_price),
                price_kind=_kind(v1, quote),
            )

        def QuoteBasket(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
            quotes = _quotes(catalog_of(), request.lines, request.currency_code, context)
            return v1.QuoteBasketResponse(
                lines=[_line(v1, quote) for quote in quotes],
                total=_money(v1, sum_of((quote.line_total for quote in quotes), request.currency_code)),
            )

    class PricingV2(generated.pricing_v2_grpc.PricingServiceServicer):
        def QuotePrices(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
            quotes = _quotes(catalog_of(), request.lines, request.currency_code, context)
            response = v2.QuotePricesResponse(
                lines=[_line(v2, quote) for quote in quotes],
                total=_money(v2, sum_of((quote.line_total for quote in quotes), request.currency_code)),
            )
            response.valid_until.FromDatetime(surroundings.now() + _VALIDITY)
            return response

    generated.pricing_v1_grpc.add_PricingServiceServicer_to_server(PricingV1(), server)
    generated.pricing_v2_grpc.add_PricingServiceServicer_to_server(PricingV2(), server)


def _quotes(catalog: Catalog, lines: Iterable[Any], currency: str, context: grpc.ServicerContext) -> list[Quote]:
    caller_of(context)
    try:
        return [catalog.quote(line.sku, line.quantity, currency) for line in lines]
    except LookupError as error:
        context.abort(grpc.StatusCode.NOT_FOUND, f"nothing is sold as {error}")
    except ValueError as error:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))


def _line(messages: Any, quote: Quote) -> Any:
    return messages.QuotedLine(
        sku=quote.sku,
        quantity=quote.quantity,
        unit_price=_money(messages, quote.unit_price),
        line_total=_money(messages, quote.line_total),
        price_kind=_kind(messages, quote),
    )


def _money(messages: Any, money: Money) -> Any:
    return messages.Money(minor_units=money.amount, currency_code=money.currency)


def _kind(messages: Any, quote: Quote) -> Any:
    return messages.PriceKind.Value(f"PRICE_KIND_{quote.kind}")
