"""One row of a catalogue file: a variant of a listing, with the listing's texts on its first row. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storefront import text
from storefront.catalogue import claims, kinds
from storefront.catalogue.models import TEXTS, NetUnit
from storefront.catalogue.service import ListingText, VariantText
from storefront.certification.register_file import RowError
from storefront.money import Vnd

COLUMNS = (
    "product_name",
    "producer_name",
    "kind",
    "description",
    "ingredients",
    "storage",
    "shelf_life_days",
    "usage",
    "how_made",
    "season_months",
    "variant",
    "net_quantity",
    "net_unit",
    "shipping_weight_g",
    "price_vnd",
    "point",
    "produced_on",
    "on_hand",
    "shelf",
)
ENGLISH_COLUMNS = tuple(f"{name}_en" for name in TEXTS)
"""A file may have them or not; without one, what the listing says in it stays."""
_MOST = {"description": 2000, "ingredients": 500, "storage": 300, "usage": 500, "how_made": 1000}


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """A sound row. `words` is None on a further row of the same listing."""

    row: int
    product_name: str
    producer_name: str
    words: ListingText | None
    variant: VariantText
    point: str
    produced_on: str
    on_hand: int | None
    shelf: str


class _Cells:
    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number, self.cells = number, cells
        self.errors: list[RowError] = []

    def fail(self, column: str, allowed: str) -> None:
        self.errors.append(
            RowError(row=self.number, column=column, value=self.cells.get(column, ""), allowed=allowed)
        )

    def line(self, column: str, most: int, needed: bool = False) -> str:
        value = text.clean_line(self.cells.get(column, ""), most + 1)
        if len(value) > most or (needed and not value):
            self.fail(column, f"{'1' if needed else '0'} to {most} characters")
        if claims.first_in(value):
            self.fail(column, f"a text without a health claim ({', '.join(claims.ALL)})")
        return value

    def whole(self, column: str, low: int, high: int, needed: bool = True) -> int | None:
        raw = self.cells.get(column, "").strip().removesuffix(".0")
        if not raw and not needed:
            return None
        if not (raw.isascii() and raw.isdigit() and len(raw) <= 12 and low <= int(raw) <= high):
            self.fail(column, f"a whole number from {low} to {high}" + ("" if needed else ", or empty"))
            return None
        return int(raw)

    def season(self) -> tuple[int | None, int | None]:
        raw = self.cells.get("season_months", "").replace(" ", "")
        if not raw:
            return None, None
        first, _, last = raw.partition("-")
        if not (first.isdigit() and last.isdigit() and 1 <= int(first) <= 12 and 1 <= int(last) <= 12):
            self.fail("season_months", "months as 8-10 (11-1 wraps round the year), or empty")
            return None, None
        return int(first), int(last)


def parse(number: int, cells: Mapping[str, str]) -> tuple[CatalogueEntry | None, list[RowError]]:
    """The row as an entry, or everything that is wrong with it."""
    read = _Cells(number, cells)
    words = _words(read) if cells.get("kind", "").strip() else None
    unit = cells.get("net_unit", "").strip()
    if unit not in set(NetUnit):
        read.fail("net_unit", " | ".join(NetUnit))
    quantity, weight = read.whole("net_quantity", 1, 1_000_000), read.whole("shipping_weight_g", 1, 100_000)
    price, on_hand = (
        read.whole("price_vnd", 1000, 1_000_000_000),
        read.whole("on_hand", 0, 1_000_000, needed=False),
    )
    label = read.line("variant", 60, needed=True)
    names = read.line("product_name", 200, needed=True), read.line("producer_name", 200)
    place = read.line("point", 60), read.line("produced_on", 10), read.line("shelf", 20)
    if read.errors or quantity is None or weight is None or price is None:
        return None, read.errors
    variant = VariantText(
        label=label,
        net_quantity=quantity,
        net_unit=NetUnit(unit),
        shipping_weight_g=weight,
        price_vnd=Vnd(price),
    )
    entry = CatalogueEntry(
        row=number,
        product_name=names[0],
        producer_name=names[1],
        words=words,
        variant=variant,
        point=place[0],
        produced_on=place[1],
        on_hand=on_hand,
        shelf=place[2],
    )
    return entry, []


def _words(read: _Cells) -> ListingText:
    kind = read.cells["kind"].strip()
    if kind not in kinds.KINDS:
        read.fail("kind", "one of " + ", ".join(kinds.KINDS))
    season_from, season_until = read.season()
    return ListingText(
        kind=kind,
        **{name: read.line(name, most, needed=name == "description") for name, most in _MOST.items()},
        shelf_life_days=read.whole("shelf_life_days", 1, 10_000, needed=False),
        season_from=season_from,
        season_until=season_until,
        english={
            f"{name}_en": read.line(f"{name}_en", most)
            for name, most in _MOST.items()
            if f"{name}_en" in read.cells
        },
    )
