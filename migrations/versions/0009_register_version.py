"""the public version at which the register last changed, and the newest certificates found by an index

Revision ID: 0009_register_version
Revises: 0008_restock_requests
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_register_version"
down_revision = "0008_restock_requests"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("public_version", sa.Column("register", WHOLE, server_default="0", nullable=False))
    op.execute("UPDATE public_version SET register = number")
    op.create_index(op.f("ix_certificates_valid_from_id"), "certificates", ["valid_from", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_certificates_valid_from_id"), "certificates")
    with op.batch_alter_table("public_version") as batch:
        batch.drop_column("register")
