"""Publishing the working tree."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cli.connection import Connection
from cli.failure import CommandFailed, Failure
from cli.faults import faults_found_here
from cli.given import Given
from cli.origin import origin
from cli.selection import Selection
from registry.domain import comparison_json
from registry.domain.change import Waiver
from registry.domain.contract import OnUnknown
from registry.domain.publication import Publication, PublicationReceipt, ServiceVersion
from registry.services.checking.report import CheckReport, ContractCheck
from registry.services.places import comparison_below
from registry.services.publication_json import publication_to_json, receipt_from_json


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What is to be published: by whom, and with what leave."""

    given: Given
    release: bool
    waivers: tuple[tuple[str, Waiver], ...]


class ReleaseRefusedHere(CommandFailed):
    """The gate said no; `report` carries the findings with places in the working tree."""

    def __init__(self, failure: Failure, report: CheckReport) -> None:
        super().__init__(failure)
        self.report = report


def publish(
    selection: Selection, request: PublishRequest, connection: Connection, environ: Mapping[str, str]
) -> PublicationReceipt:
    """Publish every service of the selection, all or none.

    Raises ReleaseRefusedHere with the findings when the gate says no, CommandFailed, and the BadInput errors.
    """
    source = origin(request.given, selection.git, environ)
    with selection.places_shown():
        versions = selection.service_versions(source)
    body = publication_to_json(Publication(versions, request.release, request.waivers))
    with _refusals_explained(selection, versions), faults_found_here(selection, versions):
        return receipt_from_json(connection.post("/publications", body))


@contextmanager
def _refusals_explained(selection: Selection, versions: Sequence[ServiceVersion]) -> Generator[None]:
    try:
        yield
    except CommandFailed as refusal:
        details = refusal.failure.details or {}
        if "comparison" not in details:
            raise
        report = CheckReport((_refused(details, versions),))
        raise ReleaseRefusedHere(refusal.failure, selection.report_shown(report)) from None


def _refused(details: Mapping[str, Any], versions: Sequence[ServiceVersion]) -> ContractCheck:
    """The refused release as a comparison, its files named from the tree."""
    contract, number = details["contract"], details["version"]
    candidates = [(version.service.name, row) for version in versions for row in version.provides if row.contract == contract]
    service, provided = max(candidates, key=lambda pair: str(pair[1].version) == number)
    comparison = comparison_json.from_json(details["comparison"])
    return ContractCheck(
        service=service,
        contract=contract,
        version=number,
        kind=str(provided.kind),
        against=details["baseline"],
        comparison=comparison_below(provided.folder, provided.folder, comparison),
        gates=True,
        on_unknown=OnUnknown.BLOCK,
        knows_consumers=True,
    )
