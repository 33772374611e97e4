"""What holds of every page that can be reached by following links from the first one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from urllib.parse import urldefrag

import pytest
from starlette.testclient import TestClient

from tests.web.html import Page, read_page

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Visit:
    """An address, the answer to it, and the page that came."""

    status: int
    headers: dict[str, str]
    size: int
    page: Page


@pytest.fixture(scope="module")
def visits(browser: TestClient) -> dict[str, Visit]:
    """Every page of the catalog by address; of the many decisions, which cost the most, a dozen."""
    found: dict[str, Visit] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        decisions = sum(known.startswith("/decisions?") for known in found)
        if address in found or (address.startswith("/decisions?") and decisions == 12):
            continue
        answer = browser.get(address)
        html = answer.headers["content-type"].startswith("text/html")
        page = read_page(answer.text) if html else Page()
        found[address] = Visit(answer.status_code, dict(answer.headers), len(answer.content), page)
        waiting += [urldefrag(link)[0] for link in page.links if link.startswith("/")]
    return found


@pytest.fixture(scope="module")
def pages(visits: dict[str, Visit]) -> dict[str, Page]:
    """The pages alone, without the static files."""
    return {address: visit.page for address, visit in visits.items() if "text/html" in visit.headers["content-type"]}


def test_every_kind_of_page_is_reached(pages: dict[str, Page]) -> None:
    """Following links from the first page leads to every kind of page."""
    kinds = ("/events/OrderPlaced", "/services/orders", "/contracts/catalog-api", "/contracts/OrderPlaced/1.2.0", "/environments")
    assert set(kinds) <= set(pages)
    assert any("/diff?" in address for address in pages)
    assert any("/files/" in address for address in pages)
    assert any(address.startswith("/decisions?") and "environment=" in address for address in pages)


def test_every_link_leads_to_a_page(visits: dict[str, Visit]) -> None:
    """No link of any page is dead."""
    assert {address: visit.status for address, visit in visits.items() if visit.status != 200} == {}


def test_every_link_stays_here(pages: dict[str, Page]) -> None:
    """Pages link to pages of the registry and to places within themselves, nowhere else."""
    assert {link for page in pages.values() for link in page.links if not link.startswith(("/", "#"))} == set()


def test_every_fragment_exists(pages: dict[str, Page]) -> None:
    """Where a link names a place within a page, the page has that place."""
    missing: set[str] = set()
    for address, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(link)
            if fragment and fragment not in pages[target or address].identifiers:
                missing.add(f"{address} -> {link}")
    assert missing == set()


def test_every_answer_is_locked_down(visits: dict[str, Visit]) -> None:
    """Every answer, static files included, forbids scripts, foreign content, framing and guessing its type."""
    for address, visit in visits.items():
        assert visit.headers["content-security-policy"] == POLICY, address
        assert visit.headers["x-content-type-options"] == "nosniff", address


def test_no_page_needs_what_the_policy_forbids(pages: dict[str, Page]) -> None:
    """No page has a script, an inline style or an event attribute."""
    for address, page in pages.items():
        assert page.tags & {"script", "style", "iframe", "object", "embed"} == set(), address
        assert {name for name in page.attributes if name == "style" or name.startswith("on")} == set(), address


def test_every_page_is_well_formed(pages: dict[str, Page]) -> None:
    """Every tag is closed in order, and no place has two names or one name two places."""
    for address, page in pages.items():
        assert page.faults == [], address
        assert len(page.identifiers) == len(set(page.identifiers)), address


def test_headings_form_an_outline(pages: dict[str, Page]) -> None:
    """Every page has one first-level heading, which comes first, and skips no level."""
    for address, page in pages.items():
        levels = [int(heading[1]) for heading in page.headings]
        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert all(below - above <= 1 for above, below in itertools.pairwise(levels)), address


def test_pages_are_light(visits: dict[str, Visit]) -> None:
    """A page takes two or three requests and stays below 200,000 bytes."""
    assert {address: visit.size for address, visit in visits.items() if visit.size > 200_000} == {}
    assert {link for visit in visits.values() for link in visit.page.links if link.startswith("/static/")} <= set(visits)
    assert sum(address.startswith("/static/") for address in visits) == 2
