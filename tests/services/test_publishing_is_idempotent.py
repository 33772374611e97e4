"""The same publication twice is one publication; other content under a taken name is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.domain.change import Comparison
from registry.domain.errors import BadRequest, InterlockError, NotFound, VersionTaken
from registry.domain.publication import ConsumedContract
from registry.domain.semver import Version
from tests.services.support import Registry, a_version, an_event, an_event_schema

TABLES = ("services", "service_versions", "bindings", "contracts", "contract_names", "revisions", "blobs", "releases", "audit")


def rows(registry: Registry) -> dict[str, int]:
    return {table: registry.count(table) for table in TABLES}


def test_publishing_again_changes_nothing(registry: Registry) -> None:
    """Same service version, same revisions: nothing is created, not even an audit row."""
    registry.publish(a_version(an_event()))
    before = rows(registry)
    assert registry.publish(a_version(an_event())).created is False
    assert rows(registry) == before


def test_a_known_revision_under_a_new_service_version_is_a_link(registry: Registry) -> None:
    """A rebuild publishes a service version and a binding; the revision, its bytes and its number are there already."""
    registry.publish(a_version(an_event(), version="v1"))
    before = rows(registry)
    receipt = registry.publish(a_version(an_event(), version="v2"))
    assert receipt.created is True
    assert receipt.service_versions[0].releases[0].created is False
    changed = {table for table, count in rows(registry).items() if count != before[table]}
    assert changed == {"service_versions", "bindings", "audit"}


def test_a_service_version_keeps_its_content(registry: Registry) -> None:
    """Other revisions under a published service version are refused, and nothing of them stays."""
    registry.publish(a_version(an_event()))
    before = rows(registry)
    other = an_event(an_event_schema(total={"type": "integer"}), "1.1.0")
    with pytest.raises(VersionTaken) as caught:
        registry.publish(a_version(other))
    assert caught.value.version == "v1"
    assert rows(registry) == before


def test_a_number_keeps_its_content(registry: Registry) -> None:
    """Other bytes under a number that is taken are refused, with the file that differs."""
    registry.publish(a_version(an_event()))
    with pytest.raises(VersionTaken) as caught:
        registry.publish(a_version(an_event(an_event_schema(total={"type": "integer"})), version="v2"))
    assert caught.value == VersionTaken("OrderPlaced", "1.0.0", "event.schema.json differs")


def test_one_bad_service_version_leaves_nothing_of_the_others(registry: Registry) -> None:
    """A publication is all or nothing: the second service asks for a contract that nobody has."""
    good = a_version(an_event(), service="orders")
    bad = a_version(service="payments", consumes=(ConsumedContract("NoSuchEvent", Version(1, 0, 0)),))
    before = rows(registry)
    with pytest.raises(NotFound):
        registry.publish(good, bad)
    assert rows(registry) == before


def test_services_that_consume_each_other_come_in_one_publication(registry: Registry) -> None:
    """A pin may name a number that the same publication claims."""
    first = Version(1, 0, 0)
    orders = a_version(an_event(), service="orders", consumes=(ConsumedContract("StockReserved", first),))
    stock = a_version(an_event(name="StockReserved"), service="stock", consumes=(ConsumedContract("OrderPlaced", first),))
    assert registry.publish(orders, stock).created is True
    assert registry.count("bindings") == 4


def test_a_branch_claims_no_number(registry: Registry) -> None:
    """Pull requests publish what they have; the main branch claims the number, for the same service version too."""
    assert registry.publish(a_version(an_event(), branch="feature")).service_versions[0].releases == ()
    assert registry.count("releases") == 0
    (release,) = registry.publish(a_version(an_event(), branch="main")).service_versions[0].releases
    assert (release.version, release.created) == (Version(1, 0, 0), True)


def test_a_release_on_demand_needs_no_main_branch(registry: Registry) -> None:
    """`--release` claims the number from anywhere."""
    (release,) = registry.publish(a_version(an_event(), branch="hotfix"), release=True).service_versions[0].releases
    assert release.version == Version(1, 0, 0)


def test_an_undeclared_number_is_proposed(registry: Registry) -> None:
    """First 1.0.0, a minor for an addition, a patch for other bytes that change nothing."""
    schema = an_event_schema()
    wider = an_event_schema(note={"type": "string"})
    described = {**wider, "description": "An order was placed."}
    numbers = [registry.release(an_event(item, None)).version for item in (schema, wider, described)]
    assert list(map(str, numbers)) == ["1.0.0", "1.1.0", "1.1.1"]


def test_an_undeclared_return_to_old_content_is_the_old_number(registry: Registry) -> None:
    """Content that has a number keeps it: a revert links to it."""
    first = registry.release(an_event(an_event_schema(), None))
    registry.release(an_event(an_event_schema(note={"type": "string"}), None))
    again = registry.release(an_event(an_event_schema(), None))
    assert (again.version, again.created) == (first.version, False)


def test_a_release_keeps_its_classified_changes(registry: Registry) -> None:
    """The change log of a contract is what its releases recorded."""
    registry.release(an_event())
    receipt = registry.release(an_event(an_event_schema(note={"type": "string"}), "1.1.0"))
    with registry.database.read() as store:
        first, second = store.releases.of(store.contracts.by_name("OrderPlaced"))
    assert first.comparison == Comparison()
    assert second.baseline == "1.0.0"
    assert second.comparison == receipt.comparison
    assert [change.rule for change in second.comparison.changes] == ["property-added"]


def test_every_write_is_audited_by_its_actor(registry: Registry) -> None:
    """The audit log tells who made the service, the contract, the version and the release."""
    registry.publish(a_version(an_event()))
    with registry.database.read() as store:
        log = [(row.action, row.subject, row.actor) for row in reversed(store.audit.newest())]
    assert log == [
        ("service.create", "service:orders", "ana"),
        ("contract.create", "contract:OrderPlaced", "ana"),
        ("service-version.publish", "service:orders@v1", "ana"),
        ("release.claim", "contract:OrderPlaced@1.0.0", "ana"),
    ]


@pytest.mark.parametrize("version", ["", "   "])
def test_a_service_version_has_a_name(registry: Registry, version: str) -> None:
    """An empty version string is refused before anything is written."""
    with pytest.raises(InterlockError, match="empty"):
        registry.publish(replace(a_version(an_event()), version=version))
    assert registry.count("services") == 0


@pytest.mark.parametrize("again", ["1.0.0", "2.0.0"])
def test_a_contract_is_not_provided_twice_with_the_same_files(registry: Registry, again: str) -> None:
    """Neither under one number nor under two: one of the two entries of the manifest is a mistake."""
    with pytest.raises(BadRequest, match="OrderPlaced is provided twice"):
        registry.publish(a_version(an_event(), an_event(version=again)))
    assert registry.count("services") == 0


def test_an_event_is_provided_on_several_channels(registry: Registry) -> None:
    """The same files on another channel are another promise of the same release."""
    registry.publish(a_version(an_event(), replace(an_event(), channel="orders.archive")))
    assert (registry.count("bindings"), registry.count("releases")) == (2, 1)


@pytest.mark.parametrize("again", [None, Version(1, 0, 0)])
def test_a_contract_is_not_consumed_twice_at_the_same_revision(registry: Registry, again: Version | None) -> None:
    """Whether the second entry pins the number or takes the newest: it says nothing new, so one of them is a mistake."""
    registry.release(an_event())
    twice = (ConsumedContract("OrderPlaced", Version(1, 0, 0)), ConsumedContract("OrderPlaced", again))
    with pytest.raises(BadRequest, match="cart consumes OrderPlaced twice"):
        registry.publish(a_version(service="cart", consumes=twice))


def test_two_pact_files_of_equal_content_are_one_pact(registry: Registry) -> None:
    """A copy of a pact file changes nothing, not even the identity of the service version."""
    pact = {"consumer": {"name": "cart"}, "provider": {"name": "orders"}, "interactions": []}
    assert registry.publish(a_version(service="cart", pacts=(pact, pact))).created is True
    assert registry.count("pact_publications") == 1
    assert registry.publish(a_version(service="cart", pacts=(pact,))).created is False


def test_a_pull_request_build_that_reaches_main_is_the_newest_of_main(registry: Registry) -> None:
    """A fast-forward merge publishes from main what a branch published before; the same version counts as main's then."""
    registry.publish(a_version(an_event(), version="v1"))
    wider = an_event(an_event_schema(total={"type": "integer"}), "1.1.0")
    registry.publish(a_version(wider, version="v2", branch="feature"))

    def newest() -> list[str]:
        with registry.database.read() as store:
            versions = store.services.versions_by_id(store.catalog.newest_versions())
        return [version.version for version in versions]

    assert newest() == ["v1"]
    registry.publish(a_version(wider, version="v2", branch="main"))
    assert newest() == ["v2"]


def test_another_retention_is_another_promise(registry: Registry) -> None:
    """A service version says how long its messages can be read; saying otherwise under the same version is refused."""
    registry.publish(a_version(an_event(retention_seconds=60)))
    with pytest.raises(VersionTaken):
        registry.publish(a_version(an_event(retention_seconds=120)))
