"""The error tree. An error is a class with the facts as fields, a stable code and an HTTP status; each face renders it once.

InterlockError
├── BadInput (400, exit 2)          the input itself is wrong, at a place
│   ├── NotText                     not UTF-8, NUL, lone surrogate
│   ├── Malformed                   a syntax error in JSON, YAML, TOML or Protobuf
│   ├── DuplicateKey                the same name twice in one object
│   ├── NotANumber                  NaN or an infinity
│   ├── LimitExceeded (413)         too large, too deep, too many nodes or files
│   ├── WrongKind                   not the kind of contract that it claims to be
│   ├── BadReference                a `$ref` or import that leaves the contract, or leads nowhere
│   ├── BadExample                  an example that its own schema refuses
│   ├── BadManifest                 a manifest that says something impossible
│   │   └── BadLock                 a lock file that no command has written so
│   ├── BadVersion                  a contract version that is not semver
│   ├── VersionMismatch             a document that says another version than the manifest
│   ├── BadLine                     an event whose dataschema names another major line than its version
│   └── BadRequest                  anything else in a request that cannot be acted on
├── SettingExpired (400, exit 2)    a severity of the manifest whose time is over
├── UnsupportedBody (415)           a body with Content-Encoding or of another media type
├── Unauthenticated (401, exit 4)   no token, or one that is not valid any more
├── Forbidden (403, exit 4)         a token of the wrong scope
├── NotFound (404, exit 2)          an unknown service, environment, version, contract ...
├── Conflict (409, exit 1)
│   ├── VersionTaken                other content under a number or a service version that is taken
│   ├── OwnedByOther                an entity, event or contract that another team owns
│   ├── ReleaseRefused              the gate said no; carries the comparison
│   ├── NumberTooSmall              the changes need a larger number; carries it
│   └── StateConflict               the thing is not in a state that allows this
└── Unavailable (503, exit 4)       the database or a child process cannot serve now
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from registry.domain.change import Comparison
from registry.domain.location import Location

_LONGEST_MESSAGE = 8_000


@dataclass(eq=False)
class InterlockError(Exception):
    """The root: `message` says what, `place` where, `advice` what next."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 2
    title: ClassVar[str] = "Error"
    advice: ClassVar[str] = ""

    @property
    def message(self) -> str:
        """One sentence that says what is wrong, with the facts."""
        raise NotImplementedError

    @property
    def place(self) -> Location | None:
        """Where it is wrong, when that is one place."""
        return getattr(self, "location", None)

    @property
    def next_step(self) -> str:
        """What the reader can do about it."""
        return self.advice

    def facts(self) -> dict[str, Any]:
        """The fields, for machine output."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    # Errors compare by value. They are not frozen: contextlib sets __traceback__ on what passes through it.
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.facts() == self.facts()

    __hash__ = Exception.__hash__


@dataclass(eq=False)
class BadInput(InterlockError):
    """The input itself is wrong."""

    code: ClassVar[str] = "bad-input"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "Bad input"
    advice: ClassVar[str] = "Correct the input at the place named and try again."

    problem: str
    location: Location | None = None

    @property
    def message(self) -> str:
        """The problem; cut where it quotes megabytes of the input."""
        return self.problem if len(self.problem) <= _LONGEST_MESSAGE else f"{self.problem[:_LONGEST_MESSAGE]}…"


class NotText(BadInput):
    """Not UTF-8, or a character that JSON text cannot carry."""

    code: ClassVar[str] = "not-text"
    title: ClassVar[str] = "Not text"
    advice: ClassVar[str] = "Save the file as UTF-8 without NUL characters and lone surrogates."


class Malformed(BadInput):
    """A syntax error."""

    code: ClassVar[str] = "malformed"
    title: ClassVar[str] = "Syntax error"


class DuplicateKey(BadInput):
    """The same name twice in one object: readers disagree about which one counts."""

    code: ClassVar[str] = "duplicate-key"
    title: ClassVar[str] = "Duplicate key"
    advice: ClassVar[str] = "Remove one of the two; readers disagree about which one counts."


class NotANumber(BadInput):
    """NaN or an infinity, which JSON has no way to write."""

    code: ClassVar[str] = "not-a-number"
    title: ClassVar[str] = "Not a number"
    advice: ClassVar[str] = "Write a number; JSON has neither NaN nor infinities."


class LimitExceeded(BadInput):
    """Larger, deeper or more numerous than the registry reads."""

    code: ClassVar[str] = "limit-exceeded"
    status: ClassVar[int] = 413
    title: ClassVar[str] = "Limit exceeded"
    advice: ClassVar[str] = "Make the input smaller, or raise the limit in the registry's settings."


class WrongKind(BadInput):
    """Readable, but not the kind of contract that it claims to be."""

    code: ClassVar[str] = "wrong-kind"
    title: ClassVar[str] = "Wrong kind of contract"
    advice: ClassVar[str] = "Name the right kind in the manifest, or publish the right file."


class BadReference(BadInput):
    """A reference or import that leaves the contract's files, or leads nowhere."""

    code: ClassVar[str] = "bad-reference"
    title: ClassVar[str] = "Bad reference"
    advice: ClassVar[str] = "Put what is referenced into the contract's folder; nothing is ever fetched."


class BadExample(BadInput):
    """An example that the schema it illustrates refuses."""

    code: ClassVar[str] = "bad-example"
    title: ClassVar[str] = "Example refused by its schema"
    advice: ClassVar[str] = "Correct the example or the schema, so that one illustrates the other."


class BadManifest(BadInput):
    """A manifest that says something impossible."""

    code: ClassVar[str] = "bad-manifest"
    title: ClassVar[str] = "Bad manifest"
    advice: ClassVar[str] = "Correct interlock.toml; docs/manifest.md describes every key."


class BadLock(BadManifest):
    """A lock file that no command has written so."""

    code: ClassVar[str] = "bad-lock"
    title: ClassVar[str] = "Bad lock file"
    advice: ClassVar[str] = "Take the file from git as it was written, or pull the contracts anew."


class BadVersion(BadInput):
    """A declared contract version that is not semver."""

    code: ClassVar[str] = "bad-version"
    title: ClassVar[str] = "Not a semantic version"
    advice: ClassVar[str] = "Declare MAJOR.MINOR.PATCH, or leave the version out and the registry proposes one."


class VersionMismatch(BadInput):
    """A document that says another version than the manifest declares for it."""

    code: ClassVar[str] = "version-mismatch"
    title: ClassVar[str] = "Two versions for one contract"
    advice: ClassVar[str] = "Write the same number into the document's info.version and into interlock.toml."


class BadLine(BadInput):
    """An event whose `dataschema` names another major line than the version that is declared for it."""

    code: ClassVar[str] = "bad-line"
    title: ClassVar[str] = "dataschema of another major line"
    advice: ClassVar[str] = "Let dataschema name the major line of the version, and keep it for every release of that line."


@dataclass(eq=False)
class SettingExpired(InterlockError):
    """A severity that the manifest sets, and whose time is over."""

    code: ClassVar[str] = "setting-expired"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "Severity setting expired"
    advice: ClassVar[str] = "Remove it from [[policy.severities]], or give it a new date and a reason that still holds."

    rule: str
    element: str
    expires: str

    @property
    def message(self) -> str:
        """Which setting, and when its time was over."""
        return f"The severity set for {self.rule} at {self.element} expired at {self.expires}."


class BadRequest(BadInput):
    """Anything else in a request that cannot be acted on."""

    code: ClassVar[str] = "bad-request"
    title: ClassVar[str] = "Bad request"
    advice: ClassVar[str] = "Correct the request; the API document lists what each operation takes."


@dataclass(eq=False)
class UnsupportedBody(InterlockError):
    """A body that the service does not read."""

    code: ClassVar[str] = "unsupported-body"
    status: ClassVar[int] = 415
    title: ClassVar[str] = "Unsupported body"
    advice: ClassVar[str] = "Send plain application/json without Content-Encoding."

    problem: str

    @property
    def message(self) -> str:
        return self.problem


@dataclass(eq=False)
class Unauthenticated(InterlockError):
    """No token where one is needed, or one that is not valid (any more)."""

    code: ClassVar[str] = "unauthenticated"
    status: ClassVar[int] = 401
    exit_code: ClassVar[int] = 4
    title: ClassVar[str] = "Not authenticated"
    advice: ClassVar[str] = "Pass a valid token (INTERLOCK_TOKEN, or Authorization: Bearer); `interlock token create` makes one."

    problem: str

    @property
    def message(self) -> str:
        return self.problem


@dataclass(eq=False)
class Forbidden(InterlockError):
    """A valid token that may not do this."""

    code: ClassVar[str] = "forbidden"
    status: ClassVar[int] = 403
    exit_code: ClassVar[int] = 4
    title: ClassVar[str] = "Not allowed"
    advice: ClassVar[str] = "Use a token with the scope named, or ask an administrator for one."

    problem: str
    needed_scope: str

    @property
    def message(self) -> str:
        return f"{self.problem} (needed scope: {self.needed_scope})"


@dataclass(eq=False)
class NotFound(InterlockError):
    """Something named that the registry does not know."""

    code: ClassVar[str] = "not-found"
    status: ClassVar[int] = 404
    title: ClassVar[str] = "Not found"

    what: str
    name: str
    hint: str = ""

    @property
    def message(self) -> str:
        return f"There is no {self.what} {self.name!r}."

    @property
    def next_step(self) -> str:
        return self.hint or f"Check the spelling, or publish or create the {self.what} first."


@dataclass(eq=False)
class Conflict(InterlockError):
    """The request is sound and the registry's state forbids it."""

    code: ClassVar[str] = "conflict"
    status: ClassVar[int] = 409
    exit_code: ClassVar[int] = 1
    title: ClassVar[str] = "Conflict"


@dataclass(eq=False)
class VersionTaken(Conflict):
    """Other content under a service version or a contract version that is taken."""

    code: ClassVar[str] = "version-taken"
    title: ClassVar[str] = "Version taken"
    advice: ClassVar[str] = "What is published never changes: publish the new content under a new version."

    subject: str
    version: str
    detail: str

    @property
    def message(self) -> str:
        return f"{self.subject} {self.version} is already published with other content: {self.detail}"


@dataclass(eq=False)
class OwnedByOther(Conflict):
    """An entity, event or contract that another team owns."""

    code: ClassVar[str] = "owned-by-other"
    title: ClassVar[str] = "Owned by another team"

    what: str
    name: str
    owner: str
    claimant: str

    @property
    def message(self) -> str:
        return f"The {self.what} {self.name!r} is owned by {self.owner!r}; {self.claimant!r} cannot claim it."

    @property
    def next_step(self) -> str:
        if self.what == "service":
            return f"Declare team = {self.owner!r} in interlock.toml, or ask {self.owner} to transfer the service."
        return f"Ask {self.owner} to transfer the ownership, or consume the {self.what} instead of providing it."


@dataclass(eq=False)
class ReleaseRefused(Conflict):
    """The gate said no."""

    code: ClassVar[str] = "release-refused"
    title: ClassVar[str] = "Release refused"

    contract: str
    version: str
    baseline: str
    comparison: Comparison

    @property
    def message(self) -> str:
        breaking = sum(change.blocks for change in self.comparison.changes)
        unknown = sum(question.blocks for question in self.comparison.undecided)
        parts = [f"{breaking} breaking" if breaking else "", f"{unknown} undecided" if unknown else ""]
        found = " and ".join(part for part in parts if part)
        return f"{self.contract} {self.version} does not fit {self.baseline}: {found}."

    @property
    def next_step(self) -> str:
        return (
            "Keep the old element and deprecate it with a sunset date, publish a new major version beside the old one, "
            "or have the finding waived with a reason and an expiry date."
        )


@dataclass(eq=False)
class NumberTooSmall(Conflict):
    """A declared number that promises less change than there is."""

    code: ClassVar[str] = "number-too-small"
    title: ClassVar[str] = "Version number too small"

    contract: str
    declared: str
    needed: str
    because: str

    @property
    def message(self) -> str:
        return f"{self.contract} {self.declared} is too small for its changes ({self.because}); it should be {self.needed}."

    @property
    def next_step(self) -> str:
        return f"Declare version {self.needed} for {self.contract}."


@dataclass(eq=False)
class StateConflict(Conflict):
    """The thing is not in a state that allows this."""

    code: ClassVar[str] = "state-conflict"
    title: ClassVar[str] = "Not possible in this state"

    problem: str
    hint: str = ""

    @property
    def message(self) -> str:
        return self.problem

    @property
    def next_step(self) -> str:
        return self.hint


@dataclass(eq=False)
class Unavailable(InterlockError):
    """The database or a child process cannot serve now."""

    code: ClassVar[str] = "unavailable"
    status: ClassVar[int] = 503
    exit_code: ClassVar[int] = 4
    title: ClassVar[str] = "Unavailable"
    advice: ClassVar[str] = "Try again; if it stays so, look at the registry's readiness endpoint and log."

    problem: str

    @property
    def message(self) -> str:
        return self.problem


def error_classes(root: type[InterlockError] = InterlockError) -> Iterator[type[InterlockError]]:
    """Every class of the tree below `root`, depth first in order of definition; the error list is generated from it."""
    for cls in root.__subclasses__():
        yield cls
        yield from error_classes(cls)
