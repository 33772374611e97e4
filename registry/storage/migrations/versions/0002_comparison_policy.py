"""What a contract is compared by stands with the contract, and remembered comparisons know what they were judged by."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contracts") as contracts:
        contracts.add_column(sa.Column("policy", sa.JSON(), nullable=False, server_default="{}"))
    op.execute(sa.text("DELETE FROM comparisons"))
    with op.batch_alter_table("comparisons") as comparisons:
        comparisons.alter_column("engine", existing_type=sa.String(length=32), type_=sa.String(length=64))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM comparisons"))
    with op.batch_alter_table("comparisons") as comparisons:
        comparisons.alter_column("engine", existing_type=sa.String(length=64), type_=sa.String(length=32))
    with op.batch_alter_table("contracts") as contracts:
        contracts.drop_column("policy")
