"""listings and variants say what pages show of their stock

Revision ID: 0007_stock_as_shown
Revises: 0006_languages_of_letters
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from storefront import clock

revision = "0007_stock_as_shown"
down_revision = "0006_languages_of_letters"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 1000
variants = sa.table("variants", *map(sa.column, ("id", "listing_id", "is_on_sale", "left_shown")))
listings = sa.table("listings", sa.column("id"), sa.column("sent_from", sa.JSON))
items = sa.table("stock_items", *map(sa.column, ("variant_id", "lot_id", "point_id", "on_hand")))
lots = sa.table("lots", sa.column("id"), sa.column("expires_on", sa.Date))
points = sa.table("points", sa.column("id"), sa.column("closed_on", sa.Date))


def upgrade() -> None:
    with op.batch_alter_table("variants") as batch:
        batch.add_column(sa.Column("left_shown", WHOLE, server_default="0", nullable=False))
        batch.create_check_constraint(op.f("ck_variants_left_shown"), "left_shown BETWEEN 0 AND 6")
    with op.batch_alter_table("listings") as batch:
        batch.add_column(sa.Column("sent_from", sa.JSON(), server_default="[]", nullable=False))
    _fill(op.get_bind(), clock.today())


def downgrade() -> None:
    with op.batch_alter_table("listings") as batch:
        batch.drop_column("sent_from")
    with op.batch_alter_table("variants") as batch:
        batch.drop_constraint(op.f("ck_variants_left_shown"), type_="check")
        batch.drop_column("left_shown")


def _fill(bind, day) -> None:
    """Fill both columns from the stock that is there (later, the journey `note_stock` does)."""
    held = bind.execute(
        sa.select(variants.c.id, variants.c.listing_id, variants.c.is_on_sale, items.c.point_id)
        .add_columns(sa.func.sum(items.c.on_hand))
        .join(items, items.c.variant_id == variants.c.id)
        .join(lots, lots.c.id == items.c.lot_id)
        .join(points, points.c.id == items.c.point_id)
        .where(items.c.on_hand > 0)
        .where(sa.or_(points.c.closed_on.is_(None), points.c.closed_on > day))
        .where(sa.or_(lots.c.expires_on.is_(None), lots.c.expires_on >= day))
        .group_by(variants.c.id, variants.c.listing_id, variants.c.is_on_sale, items.c.point_id)
    ).all()
    left: dict[int, int] = defaultdict(int)
    sent_from: dict[int, set[int]] = defaultdict(set)
    for variant_id, listing_id, is_on_sale, point_id, on_hand in held:
        left[variant_id] = min(max(left[variant_id], int(on_hand)), 6)
        if is_on_sale:
            sent_from[listing_id].add(point_id)
    _write(bind, variants.c.left_shown, left)
    _write(bind, listings.c.sent_from, {key: sorted(found) for key, found in sent_from.items()})


def _write(bind, column, values) -> None:
    value = sa.bindparam("value", type_=column.type)
    change = sa.update(column.table).where(column.table.c.id == sa.bindparam("of")).values({column: value})
    rows = [{"of": key, "value": value} for key, value in sorted(values.items())]
    for start in range(0, len(rows), AT_ONCE):
        bind.execute(change, rows[start : start + AT_ONCE])
