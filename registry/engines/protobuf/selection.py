"""Which rules are asked, and where their findings do not count.

The categories, their versions and the keys of the configuration are those of buf's breaking change detection, so that a team's
`buf.yaml` selects here what it selects there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Category(StrEnum):
    """What stays compatible under a category's rules.

    FILE: generated code, file by file. PACKAGE: generated code, package by package. WIRE_JSON: the binary and the JSON encoding.
    WIRE: the binary encoding. CSR: what a schema registry for events needs.
    """

    FILE = "FILE"
    PACKAGE = "PACKAGE"
    WIRE_JSON = "WIRE_JSON"
    WIRE = "WIRE"
    CSR = "CSR"


class ConfigVersion(StrEnum):
    """The versions of buf's configuration. Membership of some rules differs between them."""

    V1BETA1 = "v1beta1"
    V1 = "v1"
    V2 = "v2"


_NEW_IN_V2 = frozenset({"EXTENSION_NO_DELETE", "PACKAGE_EXTENSION_NO_DELETE", "FIELD_SAME_DEFAULT"})
_STRICT = frozenset({Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE})
_IN_V1BETA1: Mapping[str, frozenset[Category]] = {
    "FIELD_SAME_CARDINALITY": _STRICT,
    "FIELD_SAME_TYPE": _STRICT,
    "FIELD_WIRE_COMPATIBLE_TYPE": frozenset(),
    "FIELD_WIRE_JSON_COMPATIBLE_TYPE": frozenset(),
    "FILE_SAME_PACKAGE": frozenset({Category.FILE}),
}
REPLACED: Mapping[str, tuple[str, ...]] = {
    "FIELD_SAME_CTYPE": ("FIELD_SAME_CPP_STRING_TYPE",),
    "FIELD_SAME_LABEL": ("FIELD_SAME_CARDINALITY", "FIELD_WIRE_COMPATIBLE_CARDINALITY", "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY"),
    "FILE_SAME_JAVA_STRING_CHECK_UTF8": ("FIELD_SAME_JAVA_UTF8_VALIDATION",),
    "FILE_SAME_PHP_GENERIC_SERVICES": (),
    "MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT": (),
}
"""Rules that buf once had, and what it asks in their place."""

# A package that is not stable yet by its last part: v1alpha1, v1p1beta2, v2test.
_UNSTABLE = re.compile(r"v\d{1,9}(?:test\w*|(?:p\d{1,9})?(?:alpha|beta)\d{0,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Selection:
    """Rules by buf's ids and categories.

    `ignore` lists files and folders whose findings do not count, `ignore_only` the same for some rules or categories; paths are
    relative to the contract's folder.
    """

    use: frozenset[str] = frozenset({Category.FILE.value})
    leave_out: frozenset[str] = frozenset()
    ignore: tuple[str, ...] = ()
    ignore_only: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    ignore_unstable_packages: bool = False
    version: ConfigVersion = ConfigVersion.V2

    @staticmethod
    def of(*names: str) -> Selection:
        """Categories or rules by name, everything else as it is by default."""
        return Selection(use=frozenset(names))

    def asks(self, name: str, categories: frozenset[Category]) -> bool:
        """Whether a rule, by buf's id and its categories, is asked."""
        return self._lists(self.use, name, categories) and not self._lists(self.leave_out, name, categories)

    def ignores(self, name: str, categories: frozenset[Category], files: Iterable[str]) -> bool:
        """Whether a finding of a rule does not count because of one of the files that it is about."""
        paths = [*self.ignore]
        for listed, only in self.ignore_only.items():
            if self._lists(frozenset({listed}), name, categories):
                paths += only
        return any(is_below(file, path) for file in files for path in paths)

    def _lists(self, listed: frozenset[str], name: str, categories: frozenset[Category]) -> bool:
        if any(name in REPLACED.get(old, (old,)) for old in listed):
            return True
        return any(category.value in listed for category in self._members(name, categories))

    def _members(self, name: str, categories: frozenset[Category]) -> frozenset[Category]:
        if self.version is ConfigVersion.V2:
            return categories
        if name in _NEW_IN_V2:
            return frozenset()
        if self.version is ConfigVersion.V1BETA1 and name in _IN_V1BETA1:
            return _IN_V1BETA1[name]
        return categories - {Category.CSR}


def is_below(file: str, folder: str) -> bool:
    """Whether a file is in a folder, or is it; "." holds every file."""
    return folder in {".", file} or file.startswith(f"{folder}/")


def is_unstable(package: str) -> bool:
    """Whether a package says by its name that it may change: `acme.orders.v1beta1`."""
    return _UNSTABLE.fullmatch(package.rpartition(".")[2]) is not None
