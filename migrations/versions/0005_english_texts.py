"""English of the texts that come from data

Revision ID: 0005_english_texts
Revises: 0004_confirmed_accounts
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_english_texts"
down_revision = "0004_confirmed_accounts"
branch_labels = None
depends_on = None

COLUMNS = {
    "listings": ("description_en", "ingredients_en", "storage_en", "usage_en", "how_made_en"),
    "trace_events": ("title_en", "note_en"),
    "points": ("street_en", "opening_hours_en"),
    "zones": ("name_en",),
}


def upgrade() -> None:
    for table, names in COLUMNS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    for table, names in COLUMNS.items():
        for name in names:
            op.drop_column(table, name)
