"""Take a catalogue file in: listings, variants, prices and stock of registered products; all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from storefront import text
from storefront.catalogue import service as catalogue
from storefront.catalogue.catalogue_file import COLUMNS, ENGLISH_COLUMNS, CatalogueEntry, parse
from storefront.catalogue.models import Listing, Variant
from storefront.certification.models import RegisteredProduct
from storefront.certification.register_file import RowError
from storefront.database import in_pieces, session
from storefront.journeys import note_stock, sync_certificates
from storefront.journeys.import_report import ImportReport, Rejected, numbered
from storefront.producers import brands
from storefront.producers.models import Producer
from storefront.stock import queries as stock_queries
from storefront.stock import service as stock
from storefront.stock.models import MovementReason

Seen = dict[tuple[str, str], set[tuple[str, str, str]]]
Known = dict[tuple[str, str], tuple[RegisteredProduct, Producer]]


def run(
    rows: Sequence[Mapping[str, str]], *, source: str, today: date, now: datetime, actor_id: int | None = None
) -> ImportReport:
    """Check and write every row (row 2 is the first below the heading).

    :raises Rejected: when columns are missing or any cell is wrong; nothing was written, the report names each.
    """
    report = ImportReport()
    known = _known_products()
    entries: list[CatalogueEntry] = []
    seen: Seen = {}
    is_kind_due = True
    for number, cells in numbered(rows, COLUMNS, ENGLISH_COLUMNS):
        entry, errors = parse(number, cells)
        if entry:
            errors += _errors_beside_others(entry, seen, known, today, is_kind_due)
        if cells["kind"].strip():
            is_kind_due = not errors  # a listing whose first row is wrong does not accuse its other rows
        if errors or entry is None:
            report.reject(errors)
        else:
            entries.append(entry)
    if report.errors:
        raise Rejected(report)
    cause = stock.Cause(reason=MovementReason.RECEIVED, reference=source[:200], actor_id=actor_id, now=now)
    _lock({known[_key(entry)][0].id for entry in entries})
    touched: set[int] = set()
    positions: dict[int, dict[str, int]] = {}
    for entry in entries:
        product, producer = known[_key(entry)]
        listing, changed = _listing(entry, product, producer, now)
        labels = positions.setdefault(listing.id, {})
        position = labels.setdefault(entry.variant.label, len(labels) + 1)
        variant, varied = catalogue.keep_variant(
            listing=listing, words=entry.variant, position=position, now=now
        )
        stocked = _stock(entry, listing, variant, cause)
        made = changed is None
        report.counts["added" if made else "changed" if changed or varied or stocked else "unchanged"] += 1
        touched.add(listing.id)
    sync_certificates.run(day=today, product_ids={known[_key(entry)][0].id for entry in entries})
    note_stock.run(listing_ids=touched, day=today)
    return report


def _lock(product_ids: Collection[int]) -> None:
    listing_ids: set[int] = set()
    for ids in in_pieces(product_ids):
        listing_ids.update(session().scalars(sa.select(Listing.id).where(Listing.product_id.in_(ids))))
    catalogue.lock(listing_ids)


def _known_products() -> Known:
    rows = session().execute(
        sa.select(RegisteredProduct, Producer).join(Producer, Producer.id == RegisteredProduct.producer_id)
    )
    return {(product.name_folded, producer.name_folded): (product, producer) for product, producer in rows}


def _key(entry: CatalogueEntry) -> tuple[str, str]:
    name = entry.producer_name or brands.brand_in(entry.product_name)
    return text.fold(entry.product_name), text.fold(name)


def _errors_beside_others(
    entry: CatalogueEntry, seen: Seen, known: Known, today: date, is_kind_due: bool
) -> list[RowError]:
    found: list[RowError] = []

    def fail(column: str, value: str, allowed: str) -> None:
        found.append(RowError(row=entry.row, column=column, value=value, allowed=allowed))

    if _key(entry) not in known:
        fail(
            "product_name",
            entry.product_name,
            "a product of the register, with its producer as the register has it",
        )
    same = seen.setdefault(_key(entry), set())
    if _key(entry) in known and not same and entry.words is None and is_kind_due:
        fail("kind", "", "a kind and texts on the first row of a listing")
    kept = (entry.variant.label, entry.point, entry.produced_on)
    if kept in same:
        fail("variant", entry.variant.label, "each pack once for a point and a day of production")
    same.add(kept)
    if entry.point and stock_queries.point_by_code(entry.point) is None:
        fail("point", entry.point, "the code of a point, or empty")
    if entry.point and _made_on(entry) is None:
        fail("produced_on", entry.produced_on, "a date as 2026-11-18 where a point is given")
    made = _made_on(entry)
    if made and made > today:
        fail("produced_on", entry.produced_on, f"a date up to {today}")
    if entry.point and entry.on_hand is None:
        fail("on_hand", "", "a number where a point is given")
    return found


def _listing(
    entry: CatalogueEntry, product: RegisteredProduct, producer: Producer, now: datetime
) -> tuple[Listing, bool | None]:
    """The listing and whether it changed; None when it was made."""
    listing = session().scalar(sa.select(Listing).where(Listing.product_id == product.id))
    if entry.words is None:
        assert listing is not None
        return listing, False
    made = listing is None
    kept, changed = catalogue.keep_listing(
        product=product, producer=producer, words=entry.words, is_published=True, now=now
    )
    return kept, None if made else changed


def _stock(entry: CatalogueEntry, listing: Listing, variant: Variant, cause: stock.Cause) -> bool:
    point = stock_queries.point_by_code(entry.point) if entry.point else None
    made_on = _made_on(entry)
    if point is None or made_on is None or entry.on_hand is None:
        return False
    lot = stock.keep_lot(
        listing_id=listing.id, produced_on=made_on, shelf_life_days=listing.shelf_life_days, now=cause.now
    )
    return stock.keep_item(
        variant_id=variant.id,
        lot_id=lot.id,
        point_id=point.id,
        shelf=entry.shelf,
        supplied=entry.on_hand,
        cause=cause,
    )


def _made_on(entry: CatalogueEntry) -> date | None:
    try:
        return date.fromisoformat(entry.produced_on)
    except ValueError:
        return None
