"""listing pictures

Revision ID: 0002_listing_pictures
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002_listing_pictures'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('listings') as batch:
        batch.add_column(sa.Column('picture', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('listings') as batch:
        batch.drop_column('picture')
