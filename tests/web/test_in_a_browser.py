"""The pages in a real browser: without scripts, narrow and wide, light and dark."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from registry.storage.database import Database
from tests.web.conftest import pages_of
from tests.web.seed import CANDIDATE, commit

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADDRESSES = (
    "/",
    "/search?q=order",
    "/events",
    "/events/OrderPlaced",
    "/events/OrderPlaced?version=1.2.0",
    "/contracts",
    "/contracts/catalog-api",
    "/contracts/catalog-api/1.2.0",
    "/contracts/catalog-pricing/2.0.0",
    "/contracts/catalog-api/1.1.0/files/catalog.v1.yaml#L30",
    "/contracts/OrderPlaced/diff?from=1.0.0&to=2.0.0",
    "/contracts/catalog-api/diff",
    "/services",
    "/services/orders",
    "/environments",
    "/decisions",
    "/decisions?service=orders",
    f"/decisions?service=inventory&version={CANDIDATE}&environment=production",
    f"/decisions?service=orders&version={commit('orders')}&environment=production",
)


@pytest.fixture(scope="module")
def site(checkout: Database) -> Iterator[str]:
    """The address of the catalog, served over a socket of its own."""
    server = uvicorn.Server(uvicorn.Config(pages_of(checkout), log_level="error", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Skips where it is not installed, and fails instead under CI."""
    if not CHROMIUM.exists():
        reason = f"there is no {CHROMIUM}; apt-get install chromium"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Somebody with a small telephone and without scripts."""
    context = chromium.new_context(color_scheme=request.param, java_script_enabled=False, viewport={"width": 375, "height": 720})
    yield context
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_work_on_a_telephone_without_scripts(reader: BrowserContext, site: str, address: str) -> None:
    """A page loads without a complaint, has one first-level heading, and never scrolls sideways as a whole."""
    page = reader.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    answer = page.goto(f"{site}{address}")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # the stylesheet has loaded
    assert complaints == []
    page.close()


def test_a_person_finds_out_who_breaks(chromium: Browser, site: str) -> None:
    """From the first page by links and forms alone: an event, two of its versions compared, and the consumer that breaks."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Events").click()
    page.get_by_role("link", name="OrderPlaced", exact=True).click()
    page.get_by_role("link", name="Compare versions").click()
    page.get_by_label("From", exact=True).select_option("1.0.0")
    page.get_by_label("to", exact=True).select_option("2.0.0")
    page.get_by_role("button", name="Compare").click()
    assert page.get_by_role("heading", level=1).inner_text() == "OrderPlaced 1.0.0 → 2.0.0"
    finding = page.locator("li.finding.breaking").filter(has=page.get_by_role("link", name="inventory")).first
    finding.get_by_role("link").filter(has_text="order-placed.v1.schema.json").click()
    assert page.locator(".line:target").count() == 1
    context.close()


def test_a_person_finds_out_why_a_deployment_is_blocked(chromium: Browser, site: str) -> None:
    """The form of a decision leads to the verdict, the broken edges, and the team that can clear each."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="Can I deploy?").click()
    page.get_by_label("Service", exact=True).select_option("inventory")
    page.get_by_role("button", name="Ask").click()
    page.get_by_label("Version").fill(CANDIDATE)
    page.get_by_label("Environment").select_option("production")
    page.get_by_role("button", name="Ask").click()
    assert "No" in page.locator(".banner").inner_text()
    edge = page.locator("li.edge.no").first
    assert "StockReserved" in edge.inner_text()
    assert "team-inventory" in edge.inner_text()
    context.close()


def test_the_first_tab_skips_to_the_content(chromium: Browser, site: str) -> None:
    """Whoever uses the keyboard gets past the navigation with one key, and sees where the focus is."""
    page = chromium.new_page()
    page.goto(f"{site}/events")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.close()
