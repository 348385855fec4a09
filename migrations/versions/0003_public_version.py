"""public version, and the one at which each listing last changed

Revision ID: 0003_public_version
Revises: 0002_listing_pictures
"""

import sqlalchemy as sa
from alembic import op

revision = '0003_public_version'
down_revision = '0002_listing_pictures'
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'public_version',
        sa.Column('id', WHOLE, nullable=False),
        sa.Column('number', WHOLE, nullable=False),
        sa.CheckConstraint('id = 1', name=op.f('ck_public_version_one_row')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_public_version')),
    )
    op.execute('INSERT INTO public_version (id, number) VALUES (1, 1)')
    with op.batch_alter_table('listings') as batch:
        batch.add_column(sa.Column('revision', WHOLE, server_default='0', nullable=False))
        batch.create_index(batch.f('ix_listings_revision'), ['revision'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('listings') as batch:
        batch.drop_index(batch.f('ix_listings_revision'))
        batch.drop_column('revision')
    op.drop_table('public_version')
