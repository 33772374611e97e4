"""A `buf.yaml` in the contract's folder: who is judged by it, and that it means here what it means to buf."""

from __future__ import annotations

import json

import pytest

from registry.domain.contract import Mode, Source
from registry.domain.errors import BadInput, BadReference
from registry.domain.location import Location
from registry.domain.policy import ProtobufPolicy
from registry.domain.verdict import Severity, Verdict
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.contract import parse
from registry.engines.protobuf.example import source_of
from tests.protobuf.conftest import Buf
from tests.protobuf.support import AS_OF, annotation, annotations, between, compiled, only

CART = "// file: {path}cart.proto\nmessage Cart {{ string id = 1; {field} }}\n"
WITH, WITHOUT = CART.format(path="", field="string coupon = 2;"), CART.format(path="", field="reserved 2;")


def configured(text: str, **breaking: object) -> str:
    """A contract with a `buf.yaml` of version v2."""
    return f"// file: buf.yaml\n{json.dumps({'version': 'v2', 'breaking': breaking})}\n{text}"


def test_the_baseline_s_file_decides() -> None:
    """What the old side asks is asked, whatever the new side's file says."""
    wire, file = (configured(WITH, use=[name]) for name in ("WIRE", "FILE"))
    assert between(wire, WITHOUT).verdict is Verdict.YES
    assert between(wire, configured(WITHOUT, use=["FILE"])).verdict is Verdict.YES
    assert between(file, configured(WITHOUT, use=["WIRE"])).verdict is Verdict.NO


def test_a_file_that_comes_with_the_change_does_not_judge_it() -> None:
    """Where the baseline has none, the house's gate judges, and the new file is told about."""
    comparison = between(WITH, configured(WITHOUT, use=["WIRE"]))
    assert only(comparison, "field-removed").severity is Severity.BREAKING
    loosened = only(comparison, "buf-yaml-loosened")
    assert (loosened.severity, loosened.new) == (Severity.RISKY, Location("buf.yaml", "/breaking"))
    assert "no longer asks for FILE" in loosened.message


@pytest.mark.parametrize(
    "breaking",
    [
        {"use": ["WIRE"]},
        {"use": ["FILE"], "except": ["FIELD_NO_DELETE"]},
        {"use": ["FILE"], "ignore": ["cart.proto"]},
        {"use": ["FILE"], "ignore_only": {"FIELD_NO_DELETE": ["."]}},
        {"use": ["FILE"], "ignore_unstable_packages": True},
    ],
    ids=lambda breaking: list(breaking)[-1],
)
def test_whatever_asks_less_is_told(breaking: dict[str, object]) -> None:
    """Each key that takes something out of the gate is a risky change of its own, and a safe one the other way."""
    strict, loose = configured(WITH, use=["FILE"]), configured(WITH, **breaking)
    assert {change.severity for change in between(strict, loose).changes if change.rule == "buf-yaml-loosened"} == {Severity.RISKY}
    assert {change.severity for change in between(loose, strict).changes if change.rule == "buf-yaml-tightened"} == {Severity.SAFE}


def test_a_removed_file_is_told() -> None:
    """Without its file the contract is judged by the default, which may be less than before."""
    change = only(between(configured(WITH, use=["PACKAGE", "FILE"]), WITH), "buf-yaml-loosened")
    assert "no longer asks for PACKAGE" in change.message


def test_the_manifest_decides_over_the_file() -> None:
    """`use` of the manifest stands in place of the file's `breaking`; `except` leaves rules out of it."""
    old, new = configured(WITH, use=["FILE"]), configured(WITHOUT, use=["FILE"])
    assert between(old, new, policy=ProtobufPolicy(use=("WIRE",))).verdict is Verdict.YES
    assert between(old, new, policy=ProtobufPolicy(exclude=("FIELD_NO_DELETE",))).verdict is Verdict.YES
    assert between(old, new, policy=ProtobufPolicy(exclude=("field-removed",))).verdict is Verdict.YES
    assert between(old, new, policy=ProtobufPolicy(exclude=("FILE",))).verdict is Verdict.YES
    assert between(old, new, policy=ProtobufPolicy(exclude=("FIELD_SAME_TYPE",))).verdict is Verdict.NO


@pytest.mark.parametrize("policy", [ProtobufPolicy(use=("FIELD_NO_DELET",)), ProtobufPolicy(exclude=("field-removd",))])
def test_a_rule_that_does_not_exist_is_refused(policy: ProtobufPolicy) -> None:
    """A name that asks nothing would switch the gate off in silence."""
    with pytest.raises(BadInput, match="is no rule and no category of Protobuf"):
        between(WITH, WITHOUT, policy=policy)


def test_our_own_ids_select_rules_as_well() -> None:
    """A rule may be asked for by the id that its findings have."""
    assert between(WITH, WITHOUT, policy=ProtobufPolicy(use=("field-removed",))).verdict is Verdict.NO
    assert between(WITH, WITHOUT, policy=ProtobufPolicy(use=("field-renamed",))).verdict is Verdict.YES


def workspace(field: str, **keys: object) -> str:
    """Two modules, each with the same file."""
    files = "".join(
        CART.replace("Cart ", f"{name.title()} ").format(path=f"{name}/{name}_", field=field) for name in ("one", "two")
    )
    configuration = {"version": "v2", "modules": [{"path": "one"}, {"path": "two", **keys}], "breaking": {"use": ["FILE"]}}
    return f"// file: buf.yaml\n{json.dumps(configuration)}\n{files}"


def test_each_module_is_judged_by_its_own_rules() -> None:
    """A module's `breaking` stands in place of the workspace's, for its files only; places are those of the folder."""
    old = workspace("string coupon = 2;", breaking={"use": ["WIRE"]})
    changes = [change for change in between(old, workspace("reserved 2;")).changes if change.rule == "field-removed"]
    assert [change.new.file for change in changes if change.new] == ["one/one_cart.proto"]


def test_files_outside_of_a_module_are_left_out() -> None:
    """`excludes` of a module takes its folder out of the contract."""
    old = workspace("string coupon = 2;", excludes=["two"])
    changes = [
        change for change in between(old, workspace("reserved 2;", excludes=["two"])).changes if change.rule == "field-removed"
    ]
    assert len(changes) == 1


def test_imports_are_relative_to_the_module() -> None:
    """A file is imported by its path below its module, from another module as well."""
    text = (
        '// file: buf.yaml\n{"version": "v2", "modules": [{"path": "one"}, {"path": "two"}]}\n'
        "// file: one/a.proto\nmessage A { string id = 1; }\n"
        '// file: two/b.proto\nimport "a.proto";\nmessage B { A a = 1; }\n'
    )
    change = only(between(text, text.replace("A a = 1", "string a = 1")), "field-type-changed")
    assert change.new is not None
    assert change.new.file == "two/b.proto"


def test_a_work_file_lists_modules_with_files_of_their_own() -> None:
    """Version v1 keeps a workspace in `buf.work.yaml`, and the rules in each folder."""
    head = '// file: buf.work.yaml\n{"version": "v1", "directories": ["one", "two"]}\n'
    rules = '// file: two/buf.yaml\n{"version": "v1", "breaking": {"use": ["WIRE"]}}\n'
    files = "// file: one/a.proto\nmessage A {{ {0} }}\n// file: two/b.proto\nmessage B {{ {0} }}\n"
    old, new = (head + rules + files.format(field) for field in ("string coupon = 2;", "reserved 2;"))
    changes = [change for change in between(old, new).changes if change.rule == "field-removed"]
    assert [change.new.file for change in changes if change.new] == ["one/a.proto"]


@pytest.mark.parametrize(
    ("file", "place", "problem"),
    [
        ('{"version": "v3"}', "/version", "the version 'v3' is unknown"),
        ('{"version": "v2", "breaking": []}', "/breaking", "a mapping is expected"),
        ('{"version": "v2", "breaking": {"use": "FILE"}}', "/breaking/use", "use is no list"),
        ('{"version": "v2", "breaking": {"use": [1]}}', "/breaking/use/0", "1 in use is no text"),
        ('{"version": "v2", "breaking": {"use": ["FIEL"]}}', "", "'FIEL' is no rule"),
        ('{"version": "v2", "modules": [{"path": 1}]}', "/modules/0/path", "path is no path"),
        ('{"version": "v2", "modules": [{"path": "a/../.."}]}', "/modules/0/path", "leads out of"),
        ('{"version": "v2", "breaking": {"ignore": ["/etc"]}}', "/breaking/ignore/0", "leads out of"),
    ],
)
def test_a_file_that_buf_would_refuse_is_refused(file: str, place: str, problem: str) -> None:
    """A fault of the configuration is bad input at its place, before anything is compared."""
    with pytest.raises(BadInput, match=problem) as caught:
        between(f"// file: buf.yaml\n{file}\n{WITH}", WITH)
    assert caught.value.location == Location("buf.yaml", place)


def test_rules_of_plugins_are_not_asked() -> None:
    """A project that has rules of its own in a plugin of buf's can name them beside those that are known here."""
    head = (
        '// file: buf.yaml\n{"version": "v2", "plugins": [{"plugin": "p"}], "breaking": {"use": ["FIELD_NO_DELETE", "OUR_OWN"]}}\n'
    )
    assert [change.rule for change in between(head + WITH, head + WITHOUT).changes] == ["field-removed"]


def test_a_descriptor_set_is_judged_by_the_file_beside_it() -> None:
    """The configuration needs no sources."""
    sets = (compiled(text).file_set.SerializeToString() for text in (WITH, WITHOUT))
    configuration = b'{"version": "v2", "breaking": {"use": ["WIRE"]}}'
    old, new = (parse(Source({"cart.binpb": data, "buf.yaml": configuration}, "")) for data in sets)
    assert compare(old, new, mode=Mode.BACKWARD, as_of=AS_OF).verdict is Verdict.YES


def test_two_files_of_one_name_are_refused() -> None:
    """Two modules cannot both have a file that is imported by one name."""
    text = '// file: buf.yaml\n{"version": "v2", "modules": [{"path": "one"}, {"path": "two"}]}\n'
    text += "// file: one/a.proto\nmessage A { }\n// file: two/a.proto\nmessage B { }\n"
    with pytest.raises(BadReference, match=r"both imported as a\.proto"):
        between(text, text)


PROJECT = """// file: one/shop/v1/cart.proto
syntax = "proto3"; package shop.v1; import "shared/v1/item.proto";
message Cart { string id = 1; repeated shared.v1.Item items = 2; string coupon = 3; }
message Gone { }
// file: two/shared/v1/item.proto
syntax = "proto3"; package shared.v1;
message Item { string sku = 1; int32 count = 2; }
// file: two/shared/v1beta1/note.proto
syntax = "proto3"; package shared.v1beta1;
message Note { string text = 1; int32 stars = 2; }
"""
EDITED = (
    PROJECT.replace(" string coupon = 3;", "").replace("message Gone { }", "").replace("sku = 1; int32", "code = 1; int64")
).replace("int32 stars = 2;", "")
MODULES = [{"path": "one"}, {"path": "two"}]


@pytest.mark.parametrize(
    "configuration",
    [
        {"version": "v2", "modules": MODULES},
        {"version": "v2", "modules": MODULES, "breaking": {"use": ["WIRE_JSON"]}},
        {"version": "v2", "modules": MODULES, "breaking": {"ignore": ["two/shared"]}},
        {"version": "v2", "modules": MODULES, "breaking": {"use": ["PACKAGE"], "ignore_only": {"FIELD_NO_DELETE": ["two/shared"]}}},
        {"version": "v2", "modules": MODULES, "breaking": {"use": ["FILE"], "ignore_unstable_packages": True}},
        {"version": "v2", "modules": [MODULES[0], {"path": "two", "breaking": {"use": ["WIRE"]}}]},
        {"version": "v2", "modules": [{"path": "one", "breaking": {"use": ["WIRE"]}}, MODULES[1]]},
        {"version": "v2", "modules": [MODULES[0], {"path": "two", "excludes": ["two/shared/v1beta1"]}]},
        {"version": "v1beta1", "build": {"roots": ["one", "two"]}, "breaking": {"ignore": ["shared/v1"]}},
    ],
    ids=lambda value: json.dumps({key: part for key, part in value.items() if key != "version"})[:60],
)
def test_a_project_of_buf_s_is_judged_alike(configuration: dict[str, object], buf: Buf) -> None:
    """The same rules at the same places as `buf breaking` in the same folder, without a configuration of our own."""
    for side, text in (("old", PROJECT), ("new", EDITED)):
        for name, data in {**source_of(text).files, "buf.yaml": json.dumps(configuration).encode()}.items():
            path = buf.folder / side / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    result = buf.run("breaking", ".", "--against", "../old", "--error-format", "json")
    assert result.returncode in {0, 100}, result.stderr
    head = f"// file: buf.yaml\n{json.dumps(configuration)}\n"
    ours = annotations(between(head + PROJECT, head + EDITED))
    assert sorted(ours) == sorted({annotation(json.loads(line)) for line in result.stdout.splitlines()})
