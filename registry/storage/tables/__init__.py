"""Every table, so that importing the package fills the metadata."""

from registry.storage.tables.access import AuditRow, TokenRow
from registry.storage.tables.base import Table
from registry.storage.tables.contracts import (
    ComparisonRow,
    ContractNameRow,
    ContractRow,
    ReleaseRow,
    ReleaseStateRow,
    WaiverRow,
)
from registry.storage.tables.environments import DeploymentRow, EnvironmentRow, SupportRow
from registry.storage.tables.pacts import PactPublicationRow, PactRow, VerificationRow
from registry.storage.tables.revisions import BlobRow, RevisionFileRow, RevisionRow
from registry.storage.tables.services import BindingRow, EntityRow, ServiceRow, ServiceVersionBranchRow, ServiceVersionRow, UseRow

__all__ = [
    "AuditRow",
    "BindingRow",
    "BlobRow",
    "ComparisonRow",
    "ContractNameRow",
    "ContractRow",
    "DeploymentRow",
    "EntityRow",
    "EnvironmentRow",
    "PactPublicationRow",
    "PactRow",
    "ReleaseRow",
    "ReleaseStateRow",
    "RevisionFileRow",
    "RevisionRow",
    "ServiceRow",
    "ServiceVersionBranchRow",
    "ServiceVersionRow",
    "SupportRow",
    "Table",
    "TokenRow",
    "UseRow",
    "VerificationRow",
    "WaiverRow",
]
