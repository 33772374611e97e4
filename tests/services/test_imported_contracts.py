"""Protobuf contracts that import releases of other contracts: collected from a tree, and published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from registry.domain.contract import ContractKind, Mode, Source, digest_of
from registry.domain.errors import BadLock, BadManifest, BadRequest, NotFound
from registry.domain.lock import Lock, Pinned
from registry.domain.publication import ProvidedContract
from registry.domain.records import ReleaseState
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.checking.imports import import_notices
from registry.services.checking.online import CheckRequest, check
from registry.services.lifecycle import StateChange, change_state
from registry.services.lock_file import lock_text
from registry.services.manifests import read_manifest
from registry.services.trees import Origin, service_version_at
from tests.services.support import ADMIN, NOW, Registry, a_version, an_event

MONEY = 'syntax = "proto3"; package common.v1; message Money { int64 cents = 1; }'
ORDER = """\
syntax = "proto3";
package orders.v1;
import "common/v1/money.proto";
message Order { common.v1.Money total = 1; }
"""
MONEY_FILE = "common/v1/money.proto"
PIN = "common-protos@1.2.0"


@dataclass(frozen=True)
class Files:
    """A tree of files in memory."""

    files: Mapping[str, bytes]

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None."""
        return self.files.get(path)

    def below(self, folder: str) -> Iterable[str]:
        """The files below a folder."""
        return [path for path in sorted(self.files) if folder in {"", "."} or path.startswith(f"{folder}/")]


def _lock(**changed: object) -> str:
    source = Source({MONEY_FILE: MONEY.encode()}, "")
    files = {path: digest_of(data) for path, data in source.files.items()}
    pinned = Pinned("common-protos", Version(1, 2, 0), ContractKind.PROTOBUF, source.digest, "", "contracts/common-protos", files)
    return lock_text(Lock().with_contract(replace(pinned, **changed)))  # type: ignore[arg-type]


def _tree(imports: str = f'["{PIN}"]', path: str = "proto", **files: str) -> Files:
    manifest = f"""\
[service]
name = "orders"
team = "team-orders"
domain = "shop"

[[provides]]
contract = "orders-grpc"
kind = "protobuf"
path = "{path}"
version = "1.0.0"
imports = {imports}
"""
    whole = {
        "interlock.toml": manifest,
        "interlock.lock": _lock(),
        f"contracts/common-protos/{MONEY_FILE}": MONEY,
        "proto/orders/v1/order.proto": ORDER,
        **files,
    }
    return Files({f"svc/{name}": text.encode() for name, text in whole.items() if text})


def _collected(tree: Files) -> Mapping[str, bytes]:
    return service_version_at(tree, "svc", Origin("v1"), Limits()).provides[0].source.files


def _common(version: str = "1.2.0", text: str = MONEY) -> ProvidedContract:
    return ProvidedContract(
        "common-protos", ContractKind.PROTOBUF, Source({MONEY_FILE: text.encode()}, ""), Version.of(version), Mode.BACKWARD
    )


def _orders(pin: str = PIN, money: str = MONEY, version: str = "1.0.0") -> ProvidedContract:
    files = {"orders/v1/order.proto": ORDER.encode(), f"imports/{pin}/{MONEY_FILE}": money.encode()}
    return ProvidedContract("orders-grpc", ContractKind.PROTOBUF, Source(files, ""), Version.of(version), Mode.BACKWARD)


def test_the_pulled_files_are_collected_with_the_contract() -> None:
    """From the folder that the lock names, into the folder that the pin names."""
    assert _collected(_tree()) == {"orders/v1/order.proto": ORDER.encode(), f"imports/{PIN}/{MONEY_FILE}": MONEY.encode()}


def test_pulled_files_below_the_contracts_folder_are_not_its_own() -> None:
    """Where a contract stands at the top of its service, `interlock pull` puts others below it."""
    collected = _collected(_tree(path="."))
    assert set(collected) == {"proto/orders/v1/order.proto", f"imports/{PIN}/{MONEY_FILE}"}


def test_without_imports_the_lock_is_not_read() -> None:
    """What a service has pulled for other ends does not concern its contracts."""
    assert set(_collected(_tree(imports="[]", **{"interlock.lock": "broken"}))) == {"orders/v1/order.proto"}


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"interlock.lock": ""}, "was not pulled: run `interlock pull common-protos@1.2.0`"),
        ({"interlock.lock": _lock(version=Version(1, 1, 0))}, "1.1.0 was pulled: run `interlock pull common-protos@1.2.0`"),
        ({"interlock.lock": _lock(kind=ContractKind.OPENAPI)}, "is of kind openapi"),
        ({f"contracts/common-protos/{MONEY_FILE}": f"{MONEY}\n"}, "is changed since it was pulled"),
        ({f"contracts/common-protos/{MONEY_FILE}": ""}, "is missing since it was pulled"),
        ({f"proto/imports/{PIN}/mine.proto": MONEY}, "stands where imported contracts do"),
    ],
)
def test_what_is_not_as_it_was_pulled_is_refused(files: dict[str, str], problem: str) -> None:
    """With the command that mends it."""
    with pytest.raises(BadManifest) as refusal:
        _collected(_tree(**files))
    assert problem in str(refusal.value)


@pytest.mark.parametrize("folder", ["../elsewhere", "/etc", "."])
def test_a_lock_that_leads_out_is_refused(folder: str) -> None:
    """At its entry, before a file is read."""
    with pytest.raises(BadLock, match="leads out of the lock's folder"):
        _collected(_tree(**{"interlock.lock": _lock(folder=folder)}))


@pytest.mark.parametrize(
    ("kind", "imports", "problem"),
    [
        ("protobuf", '["common-protos"]', "is no release"),
        ("protobuf", '["common-protos@1.2"]', "is no release"),
        ("protobuf", '["../x@1.2.0"]', "is no release"),
        ("protobuf", '["a@1.0.0", "a@2.0.0"]', "stands there in two versions"),
        ("protobuf", '["orders@1.0.0"]', "cannot import itself"),
        ("openapi", '["common-protos@1.2.0"]', "only a contract of kind protobuf"),
        ("protobuf", '"common-protos@1.2.0"', "must be a list of strings"),
    ],
)
def test_a_manifest_imports_releases_of_other_protobuf_contracts(kind: str, imports: str, problem: str) -> None:
    """Anything else is refused at its key."""
    text = f"""\
[service]
name = "orders"
team = "team-orders"
domain = "shop"

[[provides]]
contract = "orders"
kind = "{kind}"
path = "proto"
imports = {imports}
"""
    with pytest.raises(BadManifest, match=problem) as refusal:
        read_manifest("interlock.toml", text.encode())
    assert refusal.value.location
    assert refusal.value.location.path == "/provides/0/imports"


def test_a_contract_is_published_with_what_it_imports(registry: Registry) -> None:
    """And so another that imports it in turn, with all that it is made of."""
    registry.release(_common(), service="common")
    orders = _orders()
    assert registry.release(orders).created
    inner = {f"imports/orders-grpc@1.0.0/{path}": data for path, data in orders.source.files.items()}
    bill = 'syntax = "proto3"; package bills; import "orders/v1/order.proto"; message Bill { orders.v1.Order order = 1; }'
    bills = replace(orders, contract="bills", source=Source({"bill.proto": bill.encode(), **inner}, ""))
    assert registry.release(bills, service="billing").created


def test_other_bytes_than_were_released_are_refused(registry: Registry) -> None:
    """Changed, added or left out: the release is imported as a whole, and nothing is kept."""
    registry.release(_common(), service="common")
    orders = _orders()
    files = dict(orders.source.files)
    added = {**files, f"imports/{PIN}/more.proto": MONEY.replace("common.v1", "more").encode()}
    for source in (_orders(money=f"{MONEY}\n").source, Source(added, "")):
        with pytest.raises(
            BadRequest, match=r"with other files than were released; run `interlock pull --force common-protos@1\.2\.0`"
        ):
            registry.release(replace(orders, source=source))
    assert registry.count("contracts") == 1


def test_what_is_imported_has_to_be_released(registry: Registry) -> None:
    """Neither a contract nor a number that does not exist can be imported, nor one that comes in the same publication."""
    with pytest.raises(NotFound, match="common-protos"):
        registry.release(_orders())
    registry.release(_common(), service="common")
    with pytest.raises(NotFound, match=r"1\.3\.0"):
        registry.release(_orders("common-protos@1.3.0"))
    with pytest.raises(NotFound, match=r"1\.3\.0"):
        registry.publish(a_version(_common("1.3.0"), service="common", version="v2"), a_version(_orders("common-protos@1.3.0")))


def test_protobuf_imports_protobuf_only(registry: Registry) -> None:
    """A release of another kind is refused by its kind, not by its bytes."""
    registry.release(an_event(), service="events")
    with pytest.raises(BadRequest, match="is of kind jsonschema"):
        registry.release(_orders("OrderPlaced@1.0.0"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (StateChange(ReleaseState.YANKED, "Wrong unit"), "was yanked: Wrong unit"),
        (StateChange(ReleaseState.DEPRECATED, "Use 2", NOW + timedelta(days=1)), "is past its sunset, 2026-11-23"),
    ],
)
def test_an_imported_release_that_is_out_of_use_is_told(registry: Registry, change: StateChange, words: str) -> None:
    """Publishing goes on: the owner is told on every publication and check."""
    registry.release(_common(), service="common")
    registry.release(_orders(), version="v1")
    registry.database.write(lambda store: change_state(store, "common-protos", Version(1, 2, 0), change, actor=ADMIN, now=NOW))
    later = registry.at(NOW + timedelta(days=2))
    notice = f"orders-grpc imports {PIN}, which {words}"
    assert notice in " ".join(later.publish(a_version(_orders(), version="v2")).service_versions[0].notices)
    with registry.database.read() as store:
        report = check(store, CheckRequest((a_version(_orders()),), None), now=later.now, limits=registry.limits)
    assert notice in " ".join(report.notices)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1.2.0", "1.3.0", False),
        ("1.2.0", "2.0.0", True),
        ("1.3.0", "1.2.0", True),
        ("0.1.0", "0.2.0", True),
        ("1.2.0", "1.2.0", False),
    ],
)
def test_a_step_of_an_import_that_no_gate_has_judged_is_told(old: str, new: str, told: bool) -> None:
    """Within a major line the imported contract's own gate has judged what changed."""
    before, after = _orders(f"common-protos@{old}"), _orders(f"common-protos@{new}")
    said = [f"imports common-protos@{new} instead of {old}" in notice for notice in import_notices(before.source, after)]
    assert said == ([True] if told else [])


def test_the_check_asks_what_publishing_asks(registry: Registry) -> None:
    """A branch learns before it is merged that what it imports is not what was released."""
    registry.release(_common(), service="common")
    registry.release(_orders(), version="v1")
    for pin, money, problem in [(PIN, f"{MONEY}\n", BadRequest), ("common-protos@1.9.0", MONEY, NotFound)]:
        request = CheckRequest((a_version(_orders(pin, money, "1.1.0"), version="v2"),), None)
        with registry.database.read() as store, pytest.raises(problem):
            check(store, request, now=NOW, limits=registry.limits)
