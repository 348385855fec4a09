"""`flask verify`: what is shown against what it is computed from; ends with 1 on the first difference."""

from __future__ import annotations

import click
import sqlalchemy as sa
from flask import Flask

from storefront import clock
from storefront.catalogue.models import Listing, Variant
from storefront.certification import queries as register_queries
from storefront.certification.models import Recorded
from storefront.database import session
from storefront.orders.models import Order, OrderGroup, OrderLine
from storefront.stock import availability
from storefront.stock.models import StockItem, StockMovement


def differences() -> list[str]:
    """Every difference, in words."""
    return [*_stock(), *_shown_stock(), *_money(), *_stars()]


def _stock() -> list[str]:
    summed = sa.func.coalesce(sa.func.sum(StockMovement.change), 0)
    rows = session().execute(
        sa.select(StockItem.id, StockItem.on_hand, summed)
        .outerjoin(StockMovement, StockMovement.stock_item_id == StockItem.id)
        .group_by(StockItem.id, StockItem.on_hand)
        .having(StockItem.on_hand != summed)
    )
    return [f"stock item {item}: {on_hand} on hand, movements say {moved}" for item, on_hand, moved in rows]


def _shown_stock() -> list[str]:
    return [
        f"listing {one.listing_id}: pages show other stock than is on hand"
        for one in availability.behind(clock.today())
    ]


def _money() -> list[str]:
    lines = session().execute(
        sa.select(Order.id, Order.goods_vnd, sa.func.sum(OrderLine.total_vnd))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.id, Order.goods_vnd)
        .having(Order.goods_vnd != sa.func.sum(OrderLine.total_vnd))
    )
    groups = session().execute(
        sa.select(OrderGroup.code, OrderGroup.total_vnd, sa.func.sum(Order.total_vnd))
        .join(Order, Order.group_id == OrderGroup.id)
        .group_by(OrderGroup.id, OrderGroup.code, OrderGroup.total_vnd)
        .having(OrderGroup.total_vnd != sa.func.sum(Order.total_vnd))
    )
    return [f"order {one}: goods {said}, lines say {summed}" for one, said, summed in lines] + [
        f"order group {one}: total {said}, its orders say {summed}" for one, said, summed in groups
    ]


def _stars() -> list[str]:
    listings = list(session().scalars(sa.select(Listing)))
    current = register_queries.current_certificates([one.product_id for one in listings], clock.today())
    lowest = dict(
        session()
        .execute(
            sa.select(Variant.listing_id, sa.func.min(Variant.price_vnd))
            .where(Variant.is_on_sale)
            .group_by(Variant.listing_id)
        )
        .all()
    )
    found = []
    for listing in listings:
        certificate = current.get(listing.product_id)
        counts = certificate if certificate and certificate.recorded is Recorded.GRANTED else None
        if listing.stars != (counts.stars if counts else None):
            found.append(f"listing {listing.slug}: {listing.stars} stars, the register says otherwise")
        if listing.valid_until != (counts.valid_until if counts else None):
            found.append(
                f"listing {listing.slug}: valid until {listing.valid_until}, the register says otherwise"
            )
        if listing.lowest_price_vnd != lowest.get(listing.id):
            found.append(
                f"listing {listing.slug}: lowest price {listing.lowest_price_vnd}, variants say otherwise"
            )
    return found


@click.command("verify")
def verify() -> None:
    """Compare what is shown with what it is computed from."""
    found = differences()
    for line in found:
        click.echo(line, err=True)
    if found:
        raise SystemExit(1)
    click.echo("everything adds up")


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(verify)
