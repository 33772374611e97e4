"""Publishers that race get one answer each and leave one history."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from registry.domain.contract import Mode
from registry.domain.publication import PublicationReceipt
from tests.services.support import Registry, a_version, an_event, an_event_schema

PUBLISHERS = 32


def race(publish: Callable[[int], PublicationReceipt]) -> list[PublicationReceipt]:
    """Run publishers at once, all starting from one barrier."""
    barrier = threading.Barrier(PUBLISHERS)

    def one(index: int) -> PublicationReceipt:
        barrier.wait(timeout=60)
        return publish(index)

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        return list(pool.map(one, range(PUBLISHERS)))


def test_each_racing_publisher_gets_a_number_of_its_own(registry: Registry) -> None:
    """32 different contents without a declared number in mode none: 32 releases, ordinals 1 to 32 without a gap."""

    def publish(index: int) -> PublicationReceipt:
        schema = an_event_schema(**{f"field{index}": {"type": "string"}})
        return registry.publish(a_version(an_event(schema, None, mode=Mode.NONE), version=f"v{index}"))

    receipts = race(publish)
    releases = [release for receipt in receipts for row in receipt.service_versions for release in row.releases]
    assert sorted(release.ordinal for release in releases) == list(range(1, PUBLISHERS + 1))
    assert len({release.version for release in releases}) == PUBLISHERS
    assert all(release.created for release in releases)
    assert registry.count("contracts") == 1
    assert registry.count("revisions") == PUBLISHERS


def test_racing_publishers_of_the_same_content_share_one_revision_and_one_release(registry: Registry) -> None:
    """32 service versions with equal content: one revision, one release, 32 links."""
    receipts = race(lambda index: registry.publish(a_version(an_event(version=None), version=f"v{index}")))
    created = [release.created for receipt in receipts for row in receipt.service_versions for release in row.releases]
    assert created.count(True) == 1
    assert (registry.count("revisions"), registry.count("releases"), registry.count("bindings")) == (1, 1, PUBLISHERS)


def test_racing_publishers_of_one_service_version_publish_it_once(registry: Registry) -> None:
    """A retried pipeline step is no conflict with itself."""
    receipts = race(lambda _: registry.publish(a_version(an_event())))
    assert [receipt.created for receipt in receipts].count(True) == 1
    assert registry.count("service_versions") == 1


def test_racing_publications_of_several_contracts_do_not_block_each_other(registry: Registry) -> None:
    """Publications that share contracts in different orders all come through: locks are taken in one order."""
    names = ["A", "B", "C", "D"]

    def publish(index: int) -> PublicationReceipt:
        order = names[index % 4 :] + names[: index % 4]
        provides = [an_event(an_event_schema(**{f"f{index}": {}}), None, name=name, mode=Mode.NONE) for name in order]
        return registry.publish(a_version(*provides, version=f"v{index}"))

    assert all(receipt.created for receipt in race(publish))
    assert registry.count("releases") == PUBLISHERS * len(names)
