"""The initial schema: every natural key carries its namespace; the triggers are installed by env.py after every migration."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=512), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_namespace_subject"), "audit", ["namespace", "subject"], unique=False)

    op.create_table(
        "blobs",
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("namespace", "digest", name=op.f("pk_blobs")),
    )
    op.create_table(
        "environments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("production", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_environments")),
        sa.UniqueConstraint("namespace", "name", name=op.f("uq_environments_namespace_name")),
    )
    op.create_table(
        "pacts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("consumer", sa.String(length=255), nullable=False),
        sa.Column("provider", sa.String(length=255), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pacts")),
        sa.UniqueConstraint(
            "namespace", "consumer", "provider", "content", name=op.f("uq_pacts_namespace_consumer_provider_content")
        ),
    )
    op.create_index(op.f("ix_pacts_namespace_provider"), "pacts", ["namespace", "provider"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("namespace", "digest", name=op.f("pk_revisions")),
    )
    op.create_table(
        "services",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("team", sa.String(length=255), nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("main_branch", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("namespace", "name", name=op.f("uq_services_namespace_name")),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("keyed_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("keyed_hash", name=op.f("uq_tokens_keyed_hash")),
        sa.UniqueConstraint("namespace", "name", name=op.f("uq_tokens_namespace_name")),
    )
    op.create_table(
        "contracts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=255), nullable=False),
        sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_event", sa.Boolean(), nullable=False),
        sa.Column("entity", sa.String(length=255), nullable=True),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("on_unknown", sa.String(length=16), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_contracts_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
    )
    op.create_index(op.f("ix_contracts_service_id"), "contracts", ["service_id"], unique=False)

    op.create_table(
        "entities",
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_entities_service_id")),
        sa.PrimaryKeyConstraint("namespace", "name", name=op.f("pk_entities")),
    )
    op.create_table(
        "revision_files",
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=1024), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["namespace", "blob"], ["blobs.namespace", "blobs.digest"], name=op.f("fk_revision_files_namespace_blob")
        ),
        sa.ForeignKeyConstraint(
            ["namespace", "revision"],
            ["revisions.namespace", "revisions.digest"],
            name=op.f("fk_revision_files_namespace_revision"),
        ),
        sa.PrimaryKeyConstraint("namespace", "revision", "path", name=op.f("pk_revision_files")),
    )
    op.create_table(
        "service_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.String(length=255), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("repository", sa.String(length=1024), nullable=False),
        sa.Column("commit", sa.String(length=255), nullable=False),
        sa.Column("branch", sa.String(length=255), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_service_versions_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_versions")),
        sa.UniqueConstraint("namespace", "service_id", "version", name=op.f("uq_service_versions_namespace_service_id_version")),
    )
    op.create_index(op.f("ix_service_versions_service_id_commit"), "service_versions", ["service_id", "commit"], unique=False)

    op.create_table(
        "bindings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.String(length=1024), nullable=False),
        sa.Column("declared_version", sa.String(length=255), nullable=True),
        sa.Column("channel", sa.String(length=255), nullable=False),
        sa.Column("retention_seconds", sa.BigInteger(), nullable=True),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_bindings_contract_id")),
        sa.ForeignKeyConstraint(
            ["namespace", "revision"], ["revisions.namespace", "revisions.digest"], name=op.f("fk_bindings_namespace_revision")
        ),
        sa.ForeignKeyConstraint(["service_version_id"], ["service_versions.id"], name=op.f("fk_bindings_service_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bindings")),
        sa.UniqueConstraint(
            "service_version_id",
            "role",
            "contract_id",
            "revision",
            "channel",
            name=op.f("uq_bindings_service_version_id_role_contract_id_revision_channel"),
        ),
    )
    op.create_index(op.f("ix_bindings_contract_id_role"), "bindings", ["contract_id", "role"], unique=False)

    op.create_table(
        "comparisons",
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("old", sa.String(length=64), nullable=False),
        sa.Column("new", sa.String(length=64), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("engine", sa.String(length=32), nullable=False),
        sa.Column("as_of_day", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_comparisons_contract_id")),
        sa.PrimaryKeyConstraint(
            "namespace", "contract_id", "old", "new", "mode", "engine", "as_of_day", name=op.f("pk_comparisons")
        ),
    )
    op.create_table(
        "contract_names",
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_contract_names_contract_id")),
        sa.PrimaryKeyConstraint("namespace", "name", name=op.f("pk_contract_names")),
    )
    op.create_index(op.f("ix_contract_names_contract_id"), "contract_names", ["contract_id"], unique=False)

    op.create_table(
        "deployments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("environment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("instance", sa.String(length=255), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["environment_id"], ["environments.id"], name=op.f("fk_deployments_environment_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_deployments_service_id")),
        sa.ForeignKeyConstraint(["service_version_id"], ["service_versions.id"], name=op.f("fk_deployments_service_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployments")),
    )
    op.create_index(op.f("ix_deployments_environment_id_ended_at"), "deployments", ["environment_id", "ended_at"], unique=False)
    op.create_index(op.f("ix_deployments_service_version_id"), "deployments", ["service_version_id"], unique=False)
    op.create_index(
        "uq_deployments_open",
        "deployments",
        ["environment_id", "service_id", "instance"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "pact_publications",
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["namespace", "blob"], ["blobs.namespace", "blobs.digest"], name=op.f("fk_pact_publications_namespace_blob")
        ),
        sa.ForeignKeyConstraint(["pact_id"], ["pacts.id"], name=op.f("fk_pact_publications_pact_id")),
        sa.ForeignKeyConstraint(
            ["service_version_id"], ["service_versions.id"], name=op.f("fk_pact_publications_service_version_id")
        ),
        sa.PrimaryKeyConstraint("service_version_id", "pact_id", name=op.f("pk_pact_publications")),
    )
    op.create_index(op.f("ix_pact_publications_pact_id"), "pact_publications", ["pact_id"], unique=False)

    op.create_table(
        "releases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.String(length=255), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.String(length=1024), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("baseline", sa.String(length=255), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_releases_contract_id")),
        sa.ForeignKeyConstraint(
            ["namespace", "revision"], ["revisions.namespace", "revisions.digest"], name=op.f("fk_releases_namespace_revision")
        ),
        sa.ForeignKeyConstraint(["service_version_id"], ["service_versions.id"], name=op.f("fk_releases_service_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("contract_id", "ordinal", name=op.f("uq_releases_contract_id_ordinal")),
        sa.UniqueConstraint("contract_id", "version", name=op.f("uq_releases_contract_id_version")),
    )
    op.create_index(op.f("ix_releases_contract_id_revision"), "releases", ["contract_id", "revision"], unique=False)

    op.create_table(
        "supports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("environment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["environment_id"], ["environments.id"], name=op.f("fk_supports_environment_id")),
        sa.ForeignKeyConstraint(["service_version_id"], ["service_versions.id"], name=op.f("fk_supports_service_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
    )
    op.create_index(
        "uq_supports_open",
        "supports",
        ["environment_id", "service_version_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "service_version_branches",
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("branch", sa.String(length=255), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_version_id"], ["service_versions.id"], name=op.f("fk_service_version_branches_service_version_id")
        ),
        sa.PrimaryKeyConstraint("service_version_id", "branch", name=op.f("pk_service_version_branches")),
    )
    op.create_table(
        "uses",
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("element", sa.String(length=1024), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_uses_contract_id")),
        sa.ForeignKeyConstraint(["service_version_id"], ["service_versions.id"], name=op.f("fk_uses_service_version_id")),
        sa.PrimaryKeyConstraint("service_version_id", "contract_id", "element", name=op.f("pk_uses")),
    )
    op.create_table(
        "verifications",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("namespace", sa.String(length=255), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("provider", sa.String(length=255), nullable=False),
        sa.Column("service_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("success", sa.Boolean(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("verifier", sa.String(length=255), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["service_version_id"], ["service_versions.id"], name=op.f("fk_verifications_service_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verifications")),
    )
    op.create_index(
        op.f("ix_verifications_namespace_content_provider_service_version_id"),
        "verifications",
        ["namespace", "content", "provider", "service_version_id"],
        unique=False,
    )

    op.create_table(
        "waivers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("rule", sa.String(length=255), nullable=False),
        sa.Column("element", sa.String(length=1024), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_waivers_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
    )
    op.create_index(op.f("ix_waivers_contract_id"), "waivers", ["contract_id"], unique=False)

    op.create_table(
        "release_states",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sunset", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_release_states_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_states")),
    )
    op.create_index(op.f("ix_release_states_release_id"), "release_states", ["release_id"], unique=False)


def downgrade() -> None:
    for table in (
        "release_states",
        "waivers",
        "verifications",
        "uses",
        "service_version_branches",
        "supports",
        "releases",
        "pact_publications",
        "deployments",
        "contract_names",
        "comparisons",
        "bindings",
        "service_versions",
        "revision_files",
        "entities",
        "contracts",
        "tokens",
        "services",
        "revisions",
        "pacts",
        "environments",
        "blobs",
        "audit",
    ):
        op.drop_table(table)
