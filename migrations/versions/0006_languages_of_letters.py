"""orders, accounts and cases know the language their letters are written in

Revision ID: 0006_languages_of_letters
Revises: 0005_english_texts
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_languages_of_letters"
down_revision = "0005_english_texts"
branch_labels = None
depends_on = None

TABLES = ("order_groups", "users", "cases")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("language", sa.Text(), nullable=False, server_default="vi"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "language")
