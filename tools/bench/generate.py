"""A large catalogue made of the demo's: each generated listing is a demo listing under another name and producer.

Whatever columns the tables have are copied, so that the generator need not follow every migration. Rows go in by bulk
inserts, some thousand listings a transaction; everything `flask verify` compares stays true.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from storefront import codes, text
from storefront.catalogue import kinds
from storefront.catalogue.models import Listing, Variant
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.database import Model, db, session, transaction
from storefront.producers.models import NameSource, Producer
from storefront.stock.models import Lot, StockItem, StockMovement
from storefront.traceability.models import TraceEvent
from tools.bench import names

VERSION = 1
"""Raised when the generated data change, so that kept databases are made again."""
A_PRODUCERS = 6
CHUNK = 2000
Row = dict[str, Any]
TABLES: tuple[type[Model], ...] = (
    Producer,
    RegisteredProduct,
    Certificate,
    Listing,
    Variant,
    Lot,
    StockItem,
    StockMovement,
    TraceEvent,
)


@dataclass
class Pattern:
    """One demo listing with everything that hangs on it."""

    listing: Row
    product: Row
    certificates: list[Row]
    variants: list[Row]
    lots: list[Row]
    items: list[Row]
    movements: list[Row]
    steps: list[Row]


@dataclass
class Batch:
    """Rows waiting to be inserted, and the next id of each table."""

    ids: dict[type[Model], Iterator[int]]
    rows: dict[type[Model], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: type[Model], row: Row, **changes: Any) -> int:
        """Keep a copy of the row under a new id."""
        number = next(self.ids[model])
        self.rows[model].append({**row, **changes, "id": number})
        return number

    def write(self) -> None:
        """Insert what waits, parents first, in one transaction."""
        with transaction() as current:
            for model in TABLES:
                if self.rows[model]:
                    current.execute(sa.insert(model.__table__), self.rows[model])  # type: ignore[arg-type]
        self.rows.clear()


def grow(count: int, seed: int = 1) -> int:
    """Add listings until there are `count`; returns how many were added. Same seed, same catalogue."""
    have = session().scalar(sa.select(sa.func.count(Listing.id))) or 0
    patterns = _patterns()
    dice = random.Random(seed)  # noqa: S311 - a catalogue, not a secret
    demo_producers = _rows(Producer)
    makers = names.producer_names(
        names.given_names([row["name"] for row in demo_producers]), {row["key"] for row in demo_producers}
    )
    batch = Batch({model: _ids_after(model) for model in TABLES})
    left = count - have
    while left > 0:
        for _ in range(min(CHUNK // A_PRODUCERS, -(-left // A_PRODUCERS))):
            members = _of_different_kinds(patterns, min(A_PRODUCERS, left), dice)
            _add_producer(batch, next(makers), dice.choice(demo_producers), members, dice)
            left -= len(members)
        batch.write()
    _set_sequences()
    return max(count - have, 0)


def _add_producer(
    batch: Batch, name: tuple[str, str], like: Row, members: list[Pattern], dice: random.Random
) -> None:
    whole, brand = name
    place = members[0].product
    where = {key: place[key] for key in ("commune_code", "commune_name", "commune_old", "district_old")}
    folded = text.fold(whole)
    maker: Row = {**like, **where, "name": whole, "name_folded": folded, "key": folded}
    maker |= {"name_source": NameSource.REGISTER, "slug": f"{text.slugify(whole)}-mau"}
    maker_id = batch.add(Producer, maker)
    for pattern in members:
        kind = kinds.KINDS[pattern.listing["kind"]]
        title = f"{kind.word} {brand}"
        product: Row = {**pattern.product, **where, "place_folded": place["place_folded"]}
        product |= {"producer_id": maker_id, "name": title, "name_folded": text.fold(title)}
        product_id = batch.add(RegisteredProduct, product)
        for certificate in pattern.certificates:
            batch.add(Certificate, certificate, product_id=product_id)
        shown = {key: product[key] for key in ("commune_code", "commune_name", "producer_id", "name")}
        searched = (product["name_folded"], text.fold(kind.word), folded, product["place_folded"])
        _add_listing(
            batch,
            pattern,
            {**shown, "product_id": product_id, "search_text": " | ".join(searched)},
            f"{text.slugify(title)}-{product_id}",
            dice.randint(80, 125),
        )


def _add_listing(batch: Batch, pattern: Pattern, shown: Row, slug: str, percent: int) -> None:
    prices = [max(row["price_vnd"] * percent // 100_000 * 1000, 1000) for row in pattern.variants]
    on_sale = [price for row, price in zip(pattern.variants, prices, strict=True) if row["is_on_sale"]]
    listing_id = batch.add(
        Listing, pattern.listing, **shown, slug=slug, lowest_price_vnd=min(on_sale, default=None)
    )
    same: dict[type[Model], dict[int, int]] = {Variant: {}, Lot: {}, StockItem: {}}
    for row, price in zip(pattern.variants, prices, strict=True):
        sku = f"{listing_id:05d}-{row['position']}"
        same[Variant][row["id"]] = batch.add(Variant, row, listing_id=listing_id, sku=sku, price_vnd=price)
    for number, row in enumerate(pattern.lots):
        same[Lot][row["id"]] = batch.add(
            Lot, row, listing_id=listing_id, code=lot_code(listing_id * 10 + number)
        )
    for row in pattern.items:
        same[StockItem][row["id"]] = batch.add(
            StockItem, row, variant_id=same[Variant][row["variant_id"]], lot_id=same[Lot][row["lot_id"]]
        )
    for row in pattern.movements:
        batch.add(StockMovement, row, stock_item_id=same[StockItem][row["stock_item_id"]])
    for row in pattern.steps:
        batch.add(TraceEvent, row, lot_id=same[Lot][row["lot_id"]])


def lot_code(number: int) -> str:
    """A sound code, different for each number."""
    body = ""
    for _ in range(8):
        number, place = divmod(number, len(codes.ALPHABET))
        body += codes.ALPHABET[place]
    return f"L{body}{codes.check_character(body)}"


def _of_different_kinds(patterns: list[Pattern], count: int, dice: random.Random) -> list[Pattern]:
    """So that no producer has two products of one name."""
    by_kind = {one.listing["kind"]: one for one in dice.sample(patterns, len(patterns))}
    return list(by_kind.values())[:count]


def _patterns() -> list[Pattern]:
    products = {row["id"]: row for row in _rows(RegisteredProduct)}
    certificates = _by(_rows(Certificate), "product_id")
    variants = _by(_rows(Variant), "listing_id")
    lots = _by(_rows(Lot), "listing_id")
    items = _by(_rows(StockItem), "lot_id")
    movements = _by(_rows(StockMovement), "stock_item_id")
    steps = _by(_rows(TraceEvent), "lot_id")
    found = []
    for row in _rows(Listing):
        own_lots = lots.get(row["id"], [])
        own_items = [item for lot in own_lots for item in items.get(lot["id"], [])]
        found.append(
            Pattern(
                listing=row,
                product=products[row["product_id"]],
                certificates=certificates.get(row["product_id"], []),
                variants=variants.get(row["id"], []),
                lots=own_lots,
                items=own_items,
                movements=[move for item in own_items for move in movements.get(item["id"], [])],
                steps=[step for lot in own_lots for step in steps.get(lot["id"], [])],
            )
        )
    return found


def _rows(model: type[Model]) -> list[Row]:
    table = sa.inspect(model).local_table
    return [dict(row) for row in session().execute(sa.select(table).order_by(table.c.id)).mappings()]


def _by(rows: list[Row], key: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def _ids_after(model: type[Model]) -> Iterator[int]:
    table = sa.inspect(model).local_table
    return itertools.count((session().scalar(sa.select(sa.func.max(table.c.id))) or 0) + 1)


def _set_sequences() -> None:
    """PostgreSQL counts ids by itself and must know of those given here; statistics are brought up to date."""
    with transaction() as current:
        if db.engine.dialect.name == "postgresql":
            for model in TABLES:
                name = model.__tablename__
                sequence = sa.func.pg_get_serial_sequence(name, "id")
                highest = (
                    sa.select(sa.func.max(sa.column("id"))).select_from(sa.table(name)).scalar_subquery()
                )
                current.execute(sa.select(sa.func.setval(sequence, highest)))
        current.execute(sa.text("ANALYZE"))
