"""Running a pinned generator over a pulled contract."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.failure import INCOMPATIBLE, USAGE, CommandFailed, Failure
from cli.pinning.folders import digests_of, edits, files_below, replace_folder
from cli.pinning.generators import Generator, Input, generator_named
from cli.pinning.lock_file import read_lock, write_lock
from registry.domain.lock import Generated, Lock, Pinned, is_inside
from registry.engines.protobuf import child
from registry.engines.protobuf.limits import ChildLimits

_LIMITS = ChildLimits(memory_bytes=4 * 1024 * 1024 * 1024, cpu_seconds=300, wall_seconds=300)
# Whatever order a generator walks its sets in, and wherever it runs, two runs have to give the same bytes.
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Generating:
    """Generates into the folder of a lock. `update` takes the installed generator where the lock pins another version."""

    lock_path: Path
    update: bool = False

    def generate(self, contract: str, name: str, options: Sequence[str], folder: str | None) -> Generated:
        """Generate from a pulled contract into `folder` (by default generated/CONTRACT/GENERATOR), and pin what made it.

        The tree and the lock are as before when it raises: CommandFailed, BadLock or LimitExceeded.
        """
        lock = read_lock(self.lock_path)
        source = self._source(lock, contract)
        generator = generator_named(name)
        if source.kind not in generator.kinds:
            raise CommandFailed(
                _refused(f"{name} generates from {' or '.join(sorted(generator.kinds))}; {contract} is {source.kind}.")
            )
        target = folder or f"generated/{contract}/{name}"
        self._check_folder(lock, target)
        version = self._version(generator, lock.generated.get(target))
        files = run(generator, self.lock_path.parent / source.folder, source.entry, options)
        row = Generated(contract, source.digest, name, version, tuple(options), target, digests_of(files))
        replace_folder(self.lock_path.parent / target, files)
        write_lock(self.lock_path, lock.with_generated(row))
        return row

    def again(self) -> list[Generated]:
        """Generate everything anew that the lock lists."""
        rows = read_lock(self.lock_path).generated.values()
        return [self.generate(row.contract, row.generator, row.options, row.folder) for row in rows]

    def _source(self, lock: Lock, contract: str) -> Pinned:
        source = lock.contracts.get(contract)
        if source is None:
            raise CommandFailed(
                _refused(f"{contract} is not in {self.lock_path.name}.", f"Run `interlock pull {contract}@VERSION`.")
            )
        changed = edits(self.lock_path.parent / source.folder, source.files)
        if changed:
            problem = f"{source.folder}/{changed[0].path} is {changed[0].how}: the tree does not hold {source.label}."
            raise CommandFailed(_refused(problem, "Run `interlock pull --force`, which restores what the lock pins."))
        return source

    def _check_folder(self, lock: Lock, folder: str) -> None:
        if not is_inside(folder):
            raise CommandFailed(_refused(f"{folder} leads out of the folder of the lock."))
        owner = lock.owner_beside(folder, folder if folder in lock.generated else None)
        if owner is not None:
            raise CommandFailed(_refused(f"{folder} is the folder of {owner}, or nested with it."))
        if folder not in lock.generated and files_below(self.lock_path.parent / folder):
            raise CommandFailed(_refused(f"{folder} holds files that no generator of the lock has written.", "Empty it first."))

    def _version(self, generator: Generator, held: Generated | None) -> str:
        version = generator.version()
        if held and held.generator == generator.name and held.generator_version != version and not self.update:
            problem = f"{generator.distribution} is installed as {version}; the lock pins {held.generator_version}."
            advice = "Install the pinned version, or pass --update to take the installed one."
            raise CommandFailed(Failure("generator-differs", problem, "", advice, INCOMPATIBLE))
        return version


def run(generator: Generator, sources: Path, entry: str, options: Sequence[str]) -> Mapping[str, bytes]:
    """What a generator makes of a contract's folder. Raises CommandFailed with the generator's words, or LimitExceeded."""
    with tempfile.TemporaryDirectory(prefix="interlock-generate-") as scratch:
        output = Path(scratch, "output")
        output.mkdir()
        # The same name wherever the contract stands: some generators write the path of their input into what they make.
        contract = Path(scratch, "contract")
        contract.symlink_to(sources.resolve(), target_is_directory=True)
        command = generator.command(Input(contract, entry, output), options)
        ended = child.run(command, output, _LIMITS, {**_ENVIRONMENT, "HOME": scratch})
        if ended.code < 0:
            raise ended.exhausted(generator.name)
        files = files_below(output)
        if ended.code > 0 or not files:
            words = ended.errors.strip()[-2000:] or "It wrote nothing."
            raise CommandFailed(
                _refused(f"{generator.name} failed: {words}".replace(scratch, ""), "Correct its options, or the contract.")
            )
        return files


def _refused(problem: str, advice: str = "`interlock generate --help` shows how it is called.") -> Failure:
    return Failure("bad-request", problem, "", advice, USAGE)
