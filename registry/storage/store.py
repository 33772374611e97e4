"""The repositories of one transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.storage.audit import AuditLog
from registry.storage.catalog import Catalog
from registry.storage.contracts import Contracts
from registry.storage.environments import Environments
from registry.storage.pacts import Pacts
from registry.storage.releases import Releases
from registry.storage.revisions import Revisions
from registry.storage.services import Services
from registry.storage.tokens import Tokens


class Store:
    """All that a service may do with the database, within one namespace and one transaction."""

    def __init__(self, session: Session, namespace: str) -> None:
        self.namespace = namespace
        self.revisions = Revisions(session, namespace)
        self.services = Services(session, namespace)
        self.contracts = Contracts(session, namespace)
        self.releases = Releases(session, namespace)
        self.pacts = Pacts(session, namespace)
        self.environments = Environments(session, namespace)
        self.tokens = Tokens(session, namespace)
        self.audit = AuditLog(session, namespace)
        self.catalog = Catalog(session, namespace)
