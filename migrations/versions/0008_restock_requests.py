"""shoppers can wait for what is sold out

Revision ID: 0008_restock_requests
Revises: 0007_stock_as_shown
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_restock_requests"
down_revision = "0007_stock_as_shown"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "restock_requests",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("variant_id", WHOLE, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_restock_requests_variant_id_variants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restock_requests")),
        sa.UniqueConstraint("email", "variant_id", name=op.f("uq_restock_requests_email_variant_id")),
        sa.UniqueConstraint("token", name=op.f("uq_restock_requests_token")),
    )
    op.create_index(op.f("ix_restock_requests_variant_id"), "restock_requests", ["variant_id"])


def downgrade() -> None:
    op.drop_table("restock_requests")
