"""An option of a file changed that decides over generated code of one language."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import FileOptions

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import File
from registry.engines.protobuf.pairs import Pair, each_file
from registry.engines.protobuf.rule import ProtobufRule, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_OPTIONS = 8


def _option_rule(option: str, value: str, why: str) -> ProtobufRule[Pair[File]]:
    """The rule for one option. `value` is one that is not the default, as it is written."""
    described = FileOptions.DESCRIPTOR.fields_by_name[option]
    text = 'syntax = "proto3"; package example; {} message Cart {{ string id = 1; }}'
    plain, changed = text.format(""), text.format(f"option {option} = {value};")

    def check(pair: Pair[File]) -> Iterator[Finding]:
        old, new = getattr(pair.old.proto.options, option), getattr(pair.new.proto.options, option)
        if old == new:
            return
        path = (_OPTIONS, described.number)
        yield Finding(
            f"option {option} of {pair.new.name} changed from {old!r} to {new!r}",
            pair.revisions.old.text.locate_exactly(pair.old, path),
            pair.revisions.new.text.locate_exactly(pair.new, path),
        )

    check.__doc__ = f"The file option {option} changed.\n\n{why}"
    make = rule(
        id=f"file-{option.replace('_', '-')}-changed",
        contract_kind=ContractKind.PROTOBUF,
        area=Area.FILE,
        aspect=Aspect.OPTION,
        action=Action.CHANGED,
        nature=Nature.PROMISE,
        severity=risky(),
        breaks=Example(old=plain, new=changed),
        fine=Example(old=changed, new=changed.replace("}", "string name = 2; }")),
        names=(f"FILE_SAME_{option.upper()}",),
        cap_reason="concerns the generated code of one language only",
    )
    return over(each_file, Category.FILE, Category.PACKAGE)(make(check))


_MOVED = "Generated code moves to another {}, so code that uses it has to change its imports."
_SERVICES = "Abstract service classes of the old kind appear in or vanish from generated code."

cc_enable_arenas = _option_rule("cc_enable_arenas", "false", "C++ code that allocates messages on arenas no longer compiles.")
cc_generic_services = _option_rule("cc_generic_services", "true", _SERVICES)
csharp_namespace = _option_rule("csharp_namespace", '"Shop"', _MOVED.format("C# namespace"))
go_package = _option_rule("go_package", '"example.org/shop"', _MOVED.format("Go package"))
java_generic_services = _option_rule("java_generic_services", "true", _SERVICES)
java_multiple_files = _option_rule("java_multiple_files", "true", _MOVED.format("Java class"))
java_outer_classname = _option_rule("java_outer_classname", '"Shop"', _MOVED.format("Java class"))
java_package = _option_rule("java_package", '"org.example.shop"', _MOVED.format("Java package"))
objc_class_prefix = _option_rule("objc_class_prefix", '"SHP"', "Generated Objective-C classes have other names.")
optimize_for = _option_rule("optimize_for", "CODE_SIZE", "Generated classes have another base class, with or without reflection.")
php_class_prefix = _option_rule("php_class_prefix", '"Shop"', "Generated PHP classes have other names.")
php_metadata_namespace = _option_rule("php_metadata_namespace", '"Shop"', _MOVED.format("PHP namespace"))
php_namespace = _option_rule("php_namespace", '"Shop"', _MOVED.format("PHP namespace"))
py_generic_services = _option_rule("py_generic_services", "true", _SERVICES)
ruby_package = _option_rule("ruby_package", '"Shop"', _MOVED.format("Ruby module"))
swift_prefix = _option_rule("swift_prefix", '"Shop"', "Generated Swift types have other names.")
