"""accounts know whether somebody has confirmed them

Revision ID: 0004_confirmed_accounts
Revises: 0003_public_version
"""

import sqlalchemy as sa
from alembic import op

from storefront.database import UtcDateTime

revision = "0004_confirmed_accounts"
down_revision = "0003_public_version"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("confirmed_at", UtcDateTime(), nullable=True))
    # who has an account by now keeps it
    op.execute("UPDATE users SET confirmed_at = created_at")


def downgrade() -> None:
    op.drop_column("users", "confirmed_at")
