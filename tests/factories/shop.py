"""Things of the shop, valid by default; a test overrides only what it is about. Everything is flushed, not committed.

Call them inside `with transaction():` or before the first request of a test and then `save()`.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from storefront import access, clock
from storefront.accounts import service as accounts
from storefront.accounts.models import User
from storefront.catalogue import service as catalogue
from storefront.catalogue.models import Listing, NetUnit, Variant
from storefront.certification import service as register
from storefront.certification.groups import ProductGroup
from storefront.certification.models import IssuingLevel, LegalBasis, Recorded, RegisteredProduct
from storefront.certification.register_file import RegisterEntry
from storefront.database import session, transaction
from storefront.fulfilment import service as fulfilment
from storefront.journeys import note_stock, sync_certificates
from storefront.money import Vnd
from storefront.places import lookup
from storefront.producers import service as producers
from storefront.producers.models import NameSource, Producer, ProducerKind
from storefront.stock import service as stock
from storefront.stock.models import MovementReason, Point, PointKind

PASSWORD = "mat-khau-dai-de-thu"
_numbers = itertools.count(1)


def make_producer(name: str | None = None, **values) -> Producer:
    return producers.keep(
        **{
            "name": name or f"HTX Thử {next(_numbers)}",
            "name_source": NameSource.REGISTER,
            "kind": ProducerKind.COOPERATIVE,
            "commune_code": None,
            "commune_name": "xã Sơn Giang",
            "commune_old": "Quang Diệm",
            "district_old": "Hương Sơn",
            "now": clock.now(),
            **values,
        }
    )


def make_entry(**values) -> RegisterEntry:
    defaults = {
        "row": 2,
        "product_name": f"Mật ong Thử {next(_numbers)}",
        "group": ProductGroup.FOOD,
        "producer_name": "",
        "producer_kind": ProducerKind.COOPERATIVE,
        "commune_old": "Quang Diệm",
        "district_old": "Hương Sơn",
        "commune_new": "xã Sơn Giang",
        "stars": 4,
        "certified_year": 2024,
        "decision_number": "2394/QĐ-UBND",
        "decided_on": date(2024, 10, 15),
        "issuing_level": IssuingLevel.PROVINCE,
        "legal_basis": LegalBasis.QD_148,
        "recorded": Recorded.GRANTED,
        "notes": "",
        "source_url": "https://example.org/tin",
    }
    return RegisterEntry(**{**defaults, **values})


def make_product(producer: Producer | None = None, **values) -> RegisteredProduct:
    """A registered product with its certificate (4 stars, valid to 15/10/2027 unless told otherwise)."""
    producer = producer or make_producer()
    entry = make_entry(**values)
    commune = lookup.by_name(entry.commune_new, "Hà Tĩnh") if entry.commune_new else None
    product, _ = register.keep_product(
        entry, producer_id=producer.id, commune_code=commune.code if commune else None, now=clock.now()
    )
    register.keep_certificate(entry, product_id=product.id, now=clock.now())
    return product


def make_listing(
    producer: Producer | None = None, kind: str = "mat-ong", published: bool = True, **values
) -> Listing:
    """A published listing without variants."""
    producer = producer or make_producer()
    product = make_product(producer, **values)
    words = catalogue.ListingText(
        kind=kind,
        description="Mật của đàn ong vùng đồi.",
        ingredients="Mật ong",
        storage="Nơi khô mát",
        usage="Pha nước ấm",
        how_made="Quay từ cầu ong đã vít nắp.",
        shelf_life_days=730,
        season_from=None,
        season_until=None,
    )
    listing, _ = catalogue.keep_listing(
        product=product, producer=producer, words=words, is_published=published, now=clock.now()
    )
    sync_certificates.run(day=clock.today(), product_ids=[product.id])
    return listing


def make_variant(
    listing: Listing, label: str = "500 ml", price: int = 185_000, position: int = 1, **values
) -> Variant:
    words = catalogue.VariantText(
        **{
            "label": label,
            "net_quantity": 500,
            "net_unit": NetUnit.MILLILITRE,
            "shipping_weight_g": 700,
            "price_vnd": Vnd(price),
            **values,
        }
    )
    variant, _ = catalogue.keep_variant(listing=listing, words=words, position=position, now=clock.now())
    return variant


def make_point(code: str | None = None, **values) -> Point:
    """A shop that offers pick-up, in phường Thành Sen."""
    commune = lookup.by_name("phường Thành Sen", "Hà Tĩnh")
    assert commune is not None
    number = next(_numbers)
    defaults = {
        "code": code or f"diem-{number}",
        "name": f"Cửa hàng thử {number}",
        "kind": PointKind.SHOP,
        "producer_id": None,
        "commune_code": commune.code,
        "commune_name": "phường Thành Sen",
        "province_code": commune.province.code,
        "street": "1 Đường Thử",
        "phone": None,
        "opening_hours": "7:00–19:00",
        "offers_pickup": True,
        "closed_on": None,
    }
    return stock.keep_point(**{**defaults, **values})


def stock_up(
    variant: Variant, point: Point, on_hand: int = 10, produced_on: date | None = None, life: int = 365
):
    """Put so many of a variant on hand; returns the lot."""
    now = clock.now()
    made = produced_on or clock.today() - timedelta(days=5)
    lot = stock.keep_lot(listing_id=variant.listing_id, produced_on=made, shelf_life_days=life, now=now)
    cause = stock.Cause(reason=MovementReason.RECEIVED, reference="thử", actor_id=None, now=now)
    stock.keep_item(
        variant_id=variant.id, lot_id=lot.id, point_id=point.id, shelf="A1", supplied=on_hand, cause=cause
    )
    note_stock.run(listing_ids=[variant.listing_id], day=clock.today())
    return lot


def make_tariff(fee: int = 28_000) -> None:
    """One zone for all of Vietnam: `fee` up to 5 kg, twice that up to 30 kg, 2 to 3 days."""
    rows = [("all", "Cả nước", 5000, fee, 2, 3), ("all", "Cả nước", 30000, 2 * fee, 2, 3)]
    fulfilment.replace_tariff(rows, {"all": [province.code for province in lookup.provinces()]})


def make_buyable(
    name: str | None = None, price: int = 185_000, on_hand: int = 10, point: Point | None = None, **values
):
    """A listing on sale: (listing, variant, point), with the tariff to send it."""
    given = {"product_name": name} if name else {}
    listing = make_listing(**given, **values)
    variant = make_variant(listing, price=price)
    point = point or make_point()
    stock_up(variant, point, on_hand)
    make_tariff()
    return listing, variant, point


def make_user(role: access.Role = access.Role.SHOPPER, points: tuple[Point, ...] = (), **values) -> User:
    """An account with the password `PASSWORD`; staff work for these points."""
    number = next(_numbers)
    defaults = {
        "name": f"Người Thử {number}",
        "phone": None,
        "email": f"nguoi{number}@example.org",
        "password": PASSWORD,
        "role": role,
        "now": clock.now(),
    }
    user = accounts.create(**{**defaults, **values})
    for point in points:
        stock.assign(point_id=point.id, user_id=user.id)
    return user


def make_staff(role: access.Role = access.Role.CLERK, points: tuple[Point, ...] = (), **values) -> User:
    return make_user(role=role, points=points, **values)


def sign_in(client, user: User) -> None:
    """Give the browser a signed-in session of that person."""
    with transaction():
        opened = accounts.open_session(user=user, now=clock.now())
    client.set_cookie("phien", opened.token)


def save() -> None:
    """Commit what was made, so that requests see it."""
    session().commit()
