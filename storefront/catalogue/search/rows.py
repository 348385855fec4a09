"""What the index keeps of a listing: the facts of its card, of the facets and of the orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storefront.catalogue.cards import ListingCard
from storefront.certification.groups import ProductGroup
from storefront.money import Vnd
from storefront.producers.models import ProducerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One published listing. `words` is what it is found by: name, kind, producer, places and papers, texts."""

    id: int
    slug: str
    name: str
    kind: str
    group: ProductGroup
    producer_id: int
    producer_slug: str
    producer_name: str
    producer_kind: ProducerKind
    commune_code: str | None
    commune_name: str | None
    districts: tuple[str, ...]
    """Full names of the old districts its commune lay in: `huyện Hương Sơn`."""
    stars: int | None
    certified_year: int | None
    valid_from: date | None
    valid_until: date | None
    is_alcohol: bool
    in_stock: bool
    season_from: int | None
    season_until: int | None
    price_vnd: Vnd | None
    """Lowest of the variants on sale."""
    price_from: bool
    variant_label: str
    unit_price_vnd: Vnd | None
    unit_price_unit: str
    words: tuple[str, str, str, str, int]
    """Name, kind, producer, places with decision numbers, and a hash of the texts, which are not kept."""

    def is_valid_on(self, day: date) -> bool:
        """The certificate holds on that day."""
        return self.valid_from is not None and self.valid_from <= day <= (self.valid_until or date.min)

    def months(self) -> tuple[int, ...]:
        """Months of the season; none where no season is known."""
        first, last = self.season_from, self.season_until
        if first is None or last is None:
            return ()
        return tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))

    def card(self, day: date) -> ListingCard:
        """The listing as a card shows it on that day."""
        valid = self.is_valid_on(day)
        return ListingCard(
            id=self.id,
            slug=self.slug,
            name=self.name,
            kind=self.kind,
            group=self.group,
            producer_name=self.producer_name,
            commune_name=self.commune_name,
            stars=self.stars if valid else None,
            certified_year=self.certified_year,
            valid_until=self.valid_until,
            is_valid=valid,
            is_alcohol=self.is_alcohol,
            in_stock=self.in_stock,
            price_vnd=self.price_vnd,
            price_from=self.price_from,
            variant_label=self.variant_label,
            unit_price_vnd=self.unit_price_vnd,
            unit_price_unit=self.unit_price_unit,
        )
