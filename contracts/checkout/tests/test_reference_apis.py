"""The reference services answer as their OpenAPI documents say, every operation of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from contracts.checkout.running import Running
from contracts.checkout.tests.api_document import ApiDocument
from contracts.checkout.tests.deliveries import deliver
from contracts.checkout.tests.documents import PLATFORM

TENANT = {"X-Tenant-Id": "shop-berlin"}


class JudgedApi:
    """Calls one service and holds every answer against its document. Keeps which operations were answered well."""

    def __init__(self, name: str, document: Path, url: str) -> None:
        self.api = ApiDocument(document)
        self.answered: set[str] = set()
        self._http = httpx.Client(base_url=url, headers=TENANT, trust_env=False)
        self._name = name
        self._calls = 0

    def call(self, method: str, path: str, status: int, body: object = None, **query: str) -> httpx.Response:
        """Make a call that is answered with this status."""
        self._calls += 1
        headers = {"Idempotency-Key": f"{self._name}-judged-{self._calls}"} if method != "GET" else {}
        response = self._http.request(method, path, json=body, params=query, headers=headers)
        assert response.status_code == status, response.text
        operation = self.api.judge(response)
        if status < 400:
            self.answered.add(str(operation))
        return response

    def all_answered(self) -> bool:
        """Whether every operation of the document was called with success."""
        return self.answered == {str(operation) for operation in self.api.operations()}

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


@pytest.fixture
def judged(services: dict[str, Running], request: pytest.FixtureRequest) -> Iterator[JudgedApi]:
    """The service and document that a test is parametrised with."""
    name, document = request.param
    api = JudgedApi(name, PLATFORM / name / "openapi" / document, services[name].url)
    yield api
    api.close()


@pytest.mark.parametrize("judged", [("catalog", "catalog.v1.yaml")], indirect=True, ids=["catalog v1"])
def test_catalog_keeps_its_first_major_line(judged: JudgedApi) -> None:
    """Browsing by pages, searching and pricing; a page beyond the end is empty."""
    page = judged.call("GET", "/products", 200, category="kitchen", pageSize="1").json()
    assert (page["total"], len(page["items"])) == (2, 1)
    assert judged.call("GET", "/products", 200, page="9").json()["items"] == []
    assert judged.call("GET", "/search", 200, q="glass").json()["items"][0]["sku"] == "TEAPOT-1L"
    judged.call("GET", "/categories", 200)
    product = judged.call("GET", "/products/prd-1042", 200).json()
    assert product["imageUrl"] == product["images"][0]["url"]
    change = {"price": {"amount": 1190, "currency": "EUR"}, "reason": "SEASONAL"}
    assert judged.call("PUT", "/products/prd-1042/price", 200, change).json()["price"]["amount"] == 1190
    judged.call("GET", "/products", 400, pageSize="0")
    judged.call("GET", "/products/prd-0000", 404)
    assert judged.all_answered()


@pytest.mark.parametrize("judged", [("catalog", "catalog.v2.yaml")], indirect=True, ids=["catalog v2"])
def test_catalog_keeps_its_second_major_line(judged: JudgedApi) -> None:
    """Following the cursor shows every product once."""
    seen: list[str] = []
    query = {"limit": "1"}
    while query:
        page = judged.call("GET", "/v2/products", 200, **query).json()
        seen += [item["productId"] for item in page["items"]]
        query = {"limit": "1", "cursor": page["nextCursor"]} if "nextCursor" in page else {}
    assert sorted(seen) == ["prd-1042", "prd-1043", "prd-2001"]
    judged.call("GET", "/v2/products", 400, cursor="nowhere")
    assert "imageUrl" not in judged.call("GET", "/v2/products/prd-1042", 200).json()
    judged.call("GET", "/v2/products/prd-0000", 404)
    judged.call("GET", "/v2/categories", 200)
    judged.call("PUT", "/v2/products/prd-1043/price", 200, {"price": {"amount": 4900, "currency": "EUR"}})
    assert judged.all_answered()


@pytest.mark.parametrize("judged", [("cart", "cart.v1.yaml")], indirect=True, ids=["cart"])
def test_cart_keeps_its_document(judged: JudgedApi) -> None:
    """A cart is opened, filled, read and emptied; its total is the sum of its lines."""
    response = judged.call("POST", "/carts", 201, {"currency": "EUR", "customerRef": "cus-8d1f"})
    path = response.headers["Location"]
    judged.call("PUT", f"{path}/lines/MUG-BLUE-330", 200, {"quantity": 2})
    judged.call("PUT", f"{path}/lines/TEAPOT-1L", 200, {"quantity": 1})
    cart = judged.call("GET", path, 200).json()
    assert cart["total"]["amount"] == sum(line["lineTotal"]["amount"] for line in cart["lines"]) > 0
    judged.call("DELETE", f"{path}/lines/TEAPOT-1L", 200)
    judged.call("PUT", f"{path}/lines/LAMP-OAK", 409, {"quantity": 1})
    judged.call("PUT", f"{path}/lines/NOTHING", 404, {"quantity": 1})
    judged.call("PUT", f"{path}/lines/MUG-BLUE-330", 400, {"quantity": 100})
    judged.call("GET", "/carts/crt-0000", 404)
    assert judged.all_answered()


@pytest.mark.parametrize("judged", [("orders", "orders.v1.yaml")], indirect=True, ids=["orders"])
def test_orders_keeps_its_document(judged: JudgedApi, services: dict[str, Running]) -> None:
    """An order is placed, read and cancelled, and cancelled only once."""
    headers = TENANT | {"Idempotency-Key": "orders-needs-a-cart"}
    carts = services["cart"].url
    cart = httpx.post(f"{carts}/carts", json={"currency": "EUR"}, headers=headers, trust_env=False).json()["cartId"]
    checkout = {"cartId": cart, "customerRef": "cus-8d1f", "shippingAddressRef": "adr-77aa", "paymentMethodRef": "pmr-visa-4f2c"}
    judged.call("POST", "/orders", 404, checkout)
    deliver(services)
    judged.call("POST", "/orders", 409, checkout)
    line = f"{carts}/carts/{cart}/lines/MUG-BLUE-330"
    headers["Idempotency-Key"] = "orders-needs-a-line"
    httpx.put(line, json={"quantity": 1}, headers=headers, trust_env=False).raise_for_status()
    deliver(services)
    judged.call("POST", "/orders", 402, checkout | {"paymentMethodRef": "pmr-empty"})
    path = judged.call("POST", "/orders", 201, checkout).headers["Location"]
    judged.call("GET", path, 200)
    judged.call("POST", f"{path}/cancellation", 400, {"reason": "BOREDOM"})
    judged.call("POST", f"{path}/cancellation", 200, {"reason": "CUSTOMER_REQUEST"})
    judged.call("POST", f"{path}/cancellation", 409, {"reason": "CUSTOMER_REQUEST"})
    judged.call("GET", "/orders/ord-0000", 404)
    assert judged.all_answered()


@pytest.mark.parametrize("judged", [("payments", "payments.v1.yaml")], indirect=True, ids=["payments"])
def test_payments_keeps_its_document(judged: JudgedApi) -> None:
    """A payment is authorised, captured once and refunded in parts, never more than was captured."""
    new = {"orderId": "ord-1", "amount": {"amount": 1000, "currency": "EUR"}, "paymentMethodRef": "pmr-visa-4f2c"}
    path = judged.call("POST", "/payments", 201, new).headers["Location"]
    assert judged.call("POST", "/payments", 201, new | {"paymentMethodRef": "pmr-empty"}).json()["status"] == "DECLINED"
    judged.call("POST", f"{path}/refunds", 409, {"amount": {"amount": 1, "currency": "EUR"}, "reason": "GOODWILL"})
    judged.call("POST", f"{path}/capture", 200)
    judged.call("POST", f"{path}/capture", 409)
    for amount, status in ((600, 201), (600, 409), (400, 201), (1, 409)):
        judged.call("POST", f"{path}/refunds", status, {"amount": {"amount": amount, "currency": "EUR"}, "reason": "GOODWILL"})
    assert judged.call("GET", path, 200).json()["refunded"] == {"amount": 1000, "currency": "EUR"}
    judged.call("GET", "/payments/pay-0000", 404)
    assert judged.all_answered()


def test_a_repeated_call_has_one_effect(services: dict[str, Running]) -> None:
    """The same key and body get the same answer; the same key with another body is refused; a failed call may be tried again."""
    payments = httpx.Client(
        base_url=services["payments"].url, headers=TENANT | {"Idempotency-Key": "once-and-only"}, trust_env=False
    )
    new = {"orderId": "ord-2", "amount": {"amount": 1000, "currency": "EUR"}, "paymentMethodRef": "pmr-visa-4f2c"}
    with payments:
        assert payments.post("/payments", json={"orderId": "ord-2"}).status_code == 400
        first, again = payments.post("/payments", json=new), payments.post("/payments", json=new)
        other = payments.post("/payments", json=new | {"orderId": "ord-3"})
    assert (first.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_a_call_without_key_or_tenant_is_refused(services: dict[str, Running]) -> None:
    """Unsafe calls need a key, all calls a tenant."""
    url = services["cart"].url
    assert httpx.post(f"{url}/carts", json={"currency": "EUR"}, headers=TENANT, trust_env=False).status_code == 400
    assert httpx.get(f"{url}/carts/crt-0000", trust_env=False).status_code == 400


def test_the_correlation_id_travels(services: dict[str, Running]) -> None:
    """The answer has the caller's correlation id, or a new one."""
    url = f"{services['catalog'].url}/products"
    own = "2b6f0cc9-04d1-4b70-9f57-1e2f5a3f6d11"
    answer = httpx.get(url, headers=TENANT | {"X-Correlation-Id": own}, trust_env=False)
    assert answer.headers["X-Correlation-Id"] == own
    assert UUID(httpx.get(url, headers=TENANT, trust_env=False).headers["X-Correlation-Id"]) != UUID(own)
