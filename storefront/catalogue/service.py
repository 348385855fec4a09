"""Writing listings and variants. What the register knows (stars, dates) comes in by `take_certificate` alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from storefront import text
from storefront.catalogue import kinds, queries
from storefront.catalogue.errors import AddressTaken, LabelTaken, VariantNotFound
from storefront.catalogue.models import FormerSlug, Listing, NetUnit, Variant
from storefront.catalogue.search import changes
from storefront.certification.models import Certificate, Recorded, RegisteredProduct
from storefront.database import in_pieces, session
from storefront.money import Vnd
from storefront.producers.models import Producer


@dataclass(frozen=True, kw_only=True)
class ListingText:
    """What staff write about a listing."""

    kind: str
    description: str
    ingredients: str
    storage: str
    usage: str
    how_made: str
    shelf_life_days: int | None
    season_from: int | None
    season_until: int | None
    english: Mapping[str, str] = field(default_factory=dict)
    """English by column (`description_en`); a column that is not here keeps what it says."""


@dataclass(frozen=True, kw_only=True)
class VariantText:
    """What staff write about a variant."""

    label: str
    net_quantity: int
    net_unit: NetUnit
    shipping_weight_g: int
    price_vnd: Vnd
    is_on_sale: bool = True


def keep_listing(
    *, product: RegisteredProduct, producer: Producer, words: ListingText, is_published: bool, now: datetime
) -> tuple[Listing, bool]:
    """The listing of a registered product, made or brought up to these words; True when anything changed."""
    kind = kinds.KINDS[words.kind]
    values: dict[str, object] = {
        **{name: value for name, value in vars(words).items() if name != "english"},
        **{name: said or None for name, said in words.english.items()},
        "is_alcohol": kind.is_alcohol,
        "is_published": is_published,
        "group": product.group,
        "producer_id": producer.id,
        "commune_code": product.commune_code,
        "commune_name": product.commune_name,
        "search_text": _search_text(product, producer, kind.word),
    }
    listing = session().scalar(sa.select(Listing).where(Listing.product_id == product.id))
    if listing is None:
        listing = Listing(
            product_id=product.id,
            slug=_free_slug(product, producer),
            name=product.name,
            in_stock=False,
            created_at=now,
            updated_at=now,
            **values,
        )
        session().add(listing)
        session().flush()
        return listing, True
    changed = [name for name, value in values.items() if getattr(listing, name) != value]
    for name in changed:
        setattr(listing, name, values[name])
    if changed:
        listing.updated_at = now
    session().flush()
    return listing, bool(changed)


def keep_variant(
    *, listing: Listing, words: VariantText, position: int, now: datetime
) -> tuple[Variant, bool]:
    """The variant of that label, made or brought up to these words; True when anything changed."""
    same = (Variant.listing_id == listing.id, Variant.label == words.label)
    variant = session().scalar(sa.select(Variant).where(*same))
    values: dict[str, object] = {**vars(words), "position": position}
    if variant is None:
        variant = Variant(listing_id=listing.id, sku=_sku(listing, words), **values)
        session().add(variant)
        changed = True
    else:
        names = [name for name, value in values.items() if getattr(variant, name) != value]
        for name in names:
            setattr(variant, name, values[name])
        changed = bool(names)
    session().flush()
    if changed:
        _note_lowest_price(listing, now)
    return variant, changed


def change_variant(*, variant_id: int, words: VariantText, now: datetime) -> Variant:
    """Change a variant by its id.

    :raises VariantNotFound: when there is none.
    :raises LabelTaken: when another variant of the listing has that label.
    """
    variant = session().get(Variant, variant_id)
    if variant is None:
        raise VariantNotFound(str(variant_id))
    twin = sa.select(Variant.id).where(
        Variant.listing_id == variant.listing_id, Variant.label == words.label, Variant.id != variant.id
    )
    if session().scalar(twin):
        raise LabelTaken(words.label)
    for name, value in vars(words).items():
        setattr(variant, name, value)
    session().flush()
    _note_lowest_price(queries.by_id(variant.listing_id), now)
    return variant


def take_certificate(listing: Listing, certificate: Certificate | None) -> bool:
    """Copy what the register says today onto the listing; called by the journey `sync_certificates` alone."""
    counts = certificate if certificate and certificate.recorded is Recorded.GRANTED else None
    values = {
        "stars": counts.stars if counts else None,
        "certified_year": counts.certified_year if counts else None,
        "valid_from": counts.valid_from if counts else None,
        "valid_until": counts.valid_until if counts else None,
    }
    changed = any(getattr(listing, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(listing, name, value)
    session().flush()
    return changed


def lock(listing_ids: Collection[int]) -> None:
    """Let nobody else change these listings, nor what they show of their stock, before this transaction ends.

    Listings come before stock items, each in the order of their ids: whoever keeps to that waits for nobody who waits.
    """
    for ids in in_pieces(listing_ids):
        locked = sa.select(Listing.id).where(Listing.id.in_(ids)).order_by(Listing.id)
        session().execute(locked.with_for_update(key_share=True))


def note_stock(
    listing_id: int, *, left_shown: Mapping[int, int], in_stock: bool, sent_from: Sequence[int]
) -> None:
    """Write what pages show of a listing's stock; called by the journey of that name alone."""
    for variant_id, shown in sorted(left_shown.items()):
        session().execute(
            sa.update(Variant).where(Variant.id == variant_id).values(left_shown=shown),
            execution_options={changes.QUIET: True},
        )
    session().execute(
        sa.update(Listing)
        .where(Listing.id == listing_id)
        .values(in_stock=in_stock, sent_from=list(sent_from)),
        execution_options={changes.QUIET: True},
    )
    changes.touch([listing_id])


def note_pictures(drawn: Mapping[int, str]) -> None:
    """Write which picture shows which listing (by id), once its file is there."""
    rows = [{"id": listing_id, "picture": name} for listing_id, name in sorted(drawn.items())]
    # no list shows it and nothing is found by it, so the listings' revision stays
    session().execute(sa.update(Listing), rows, execution_options={changes.QUIET: True})


def rename_address(listing: Listing, slug: str) -> None:
    """Give a listing a new address; the old one redirects for ever. It may get one back that it had.

    :raises AddressTaken: when it is, or was, another listing's.
    """
    if slug == listing.slug:
        return
    former = session().get(FormerSlug, slug)
    if session().scalar(sa.select(Listing.id).where(Listing.slug == slug)) or (
        former and former.listing_id != listing.id
    ):
        raise AddressTaken(slug)
    if former:
        session().delete(former)
    session().add(FormerSlug(slug=listing.slug, listing_id=listing.id))
    listing.slug = slug
    session().flush()


def _note_lowest_price(listing: Listing, now: datetime) -> None:
    lowest = sa.select(sa.func.min(Variant.price_vnd)).where(
        Variant.listing_id == listing.id, Variant.is_on_sale
    )
    listing.lowest_price_vnd = session().scalar(lowest)
    listing.updated_at = now
    session().flush()


def _search_text(product: RegisteredProduct, producer: Producer, kind_word: str) -> str:
    return f"{product.name_folded} | {text.fold(kind_word)} | {producer.name_folded} | {product.place_folded}"


def _free_slug(product: RegisteredProduct, producer: Producer) -> str:
    """The name as an address; where another product has the name, the place and then a number is added."""
    bare = text.slugify(product.name)
    place = text.slugify(product.commune_name or producer.name)
    for slug in (bare, f"{bare}-{place}", *(f"{bare}-{number}" for number in range(2, 1000))):
        if not session().scalar(sa.select(Listing.id).where(Listing.slug == slug)) and not session().get(
            FormerSlug, slug
        ):
            return slug
    raise RuntimeError(f"no free address for {product.name}")


def _sku(listing: Listing, words: VariantText) -> str:
    """Made of the label; a renamed variant keeps its own, so that a number is added where it is still in use."""
    bare = f"{listing.id:05d}-{text.slugify(words.label)}"[:60]
    for sku in (bare, *(f"{bare}-{number}" for number in range(2, 1000))):
        if not session().scalar(sa.select(Variant.id).where(Variant.sku == sku)):
            return sku
    raise RuntimeError(f"no free sku for {bare}")
