"""A product page as JSON-LD, made of the facts that the page shows."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import url_for

from storefront.catalogue.models import Listing, NetUnit, Variant
from storefront.catalogue.pricing import UnitPrice
from storefront.certification.groups import ProductGroup
from storefront.fulfilment.queries import TariffLine, ZoneTariff
from storefront.producers.models import NameSource, Producer
from storefront.web import names, structured
from storefront.web.i18n import _, counted, language, pick, plain_column
from storefront.web.structured import SCHEMA, Node, absolute

Pack = tuple[Variant, UnitPrice]
"""A variant and its price a unit."""
KEPT_WHEN_UNWANTED = frozenset({ProductGroup.CRAFT, ProductGroup.GARDEN})
"""Groups whose goods may come back because the buyer changed their mind; food never does (page `doi-tra`)."""

_UNIT_CODES = {NetUnit.GRAM: "GRM", NetUnit.MILLILITRE: "MLT", NetUnit.PIECE: "H87"}
_WHOLE_UNITS = {"kg": "KGM", "l": "LTR", "cái": "H87"}


def nodes(facts: Mapping[str, Any], picture: str, tariff: Collection[ZoneTariff]) -> list[Node]:
    """The product, alone or as a group of its packs, and what its offers point to.

    Offers are there only when it can be bought; a pack that is sold out says so.
    """
    listing: Listing = facts["listing"]
    packs: Sequence[Pack] = facts["variants"]
    sold = bool(facts["can_be_sold"])
    node = _about(facts, picture)
    address = node["url"]
    many = len(packs) > 1
    offers = [
        _offer(listing, _pack_address(address, pack[0]) if many else address, pack, tariff) if sold else None
        for pack in packs
    ]
    if many:
        variants = [_pack(node, pack, offer) for pack, offer in zip(packs, offers, strict=True)]
        node |= {
            "@type": "ProductGroup",
            "productGroupID": f"L{listing.id}",
            "variesBy": [f"{SCHEMA}size"],
            "hasVariant": variants,
        }
    elif packs:
        node |= {**_measures(packs[0][0]), "offers": offers[0]}
    return [
        structured.without_nothing(node),
        *(_pointed_to(listing, packs, tariff) if sold and packs else []),
    ]


def _about(facts: Mapping[str, Any], picture: str) -> Node:
    listing: Listing = facts["listing"]
    producer: Producer = facts["producer"]
    certificate = facts["certificate"]
    return {
        "@type": "Product",
        "@id": absolute(f"/san-pham/{listing.slug}#san-pham"),
        "name": listing.name,
        "url": absolute(url_for("shop.listing", slug=listing.slug)),
        "description": plain_column(listing, "description"),
        "image": [absolute(picture)],
        "category": pick(facts["kind"].word, facts["kind"].english),
        "brand": {"@type": "Brand", "name": producer.name},
        "manufacturer": structured.maker(producer) if producer.name_source is NameSource.REGISTER else None,
        "countryOfOrigin": structured.VIETNAM,
        "hasCertification": structured.certification(certificate, facts["is_valid"])
        if certificate and certificate.stars
        else None,
        "additionalProperty": _properties(listing),
    }


def _pack(whole: Node, pack: Pack, offer: Node | None) -> Node:
    variant = pack[0]
    return structured.without_nothing(
        {
            "@type": "Product",
            "@id": f"{whole['@id']}-{variant.sku}",
            "name": f"{whole['name']}, {names.plain_pack(variant.label)}",
            "url": _pack_address(whole["url"], variant),
            "image": whole["image"],
            **_measures(variant),
            "offers": offer,
        }
    )


def _measures(variant: Variant) -> Node:
    net = {
        "@type": "QuantitativeValue",
        "value": variant.net_quantity,
        "unitCode": _UNIT_CODES[variant.net_unit],
    }
    return {
        "sku": variant.sku,
        "size": names.plain_pack(variant.label),
        "weight": net if variant.net_unit is NetUnit.GRAM else None,
    }


def _pack_address(address: str, variant: Variant) -> str:
    """The product's page with that pack chosen; its canonical address is the page's own."""
    return f"{address}?v={variant.id}"


def _offer(listing: Listing, address: str, pack: Pack, tariff: Collection[ZoneTariff]) -> Node:
    variant, per = pack
    return structured.without_nothing(
        {
            "@type": "Offer",
            "url": address,
            "price": str(variant.price_vnd),
            "priceCurrency": "VND",
            "availability": f"{SCHEMA}{'InStock' if variant.left_shown else 'OutOfStock'}",
            "itemCondition": f"{SCHEMA}NewCondition",
            "priceSpecification": {
                "@type": "UnitPriceSpecification",
                "price": str(variant.price_vnd),
                "priceCurrency": "VND",
                "valueAddedTaxIncluded": True,
                "referenceQuantity": {
                    "@type": "QuantitativeValue",
                    "value": 1,
                    "unitCode": _WHOLE_UNITS[per.unit],
                    "valueReference": {
                        "@type": "QuantitativeValue",
                        "value": variant.net_quantity,
                        "unitCode": _UNIT_CODES[variant.net_unit],
                    },
                },
            },
            "seller": {"@id": structured.store_id()},
            "shippingDetails": [
                {"@id": _details_id(zone, step)}
                for zone in tariff
                if (step := zone.step_for(variant.shipping_weight_g))
            ],
            "hasMerchantReturnPolicy": {
                "@id": structured.policy_id(unwanted=listing.group in KEPT_WHEN_UNWANTED)
            },
        }
    )


def _pointed_to(listing: Listing, packs: Sequence[Pack], tariff: Collection[ZoneTariff]) -> list[Node]:
    """The seller, its rule for returns, and the fee of each zone for the weights of these packs."""
    weights = tuple(sorted({variant.shipping_weight_g for variant, _per in packs}))
    unwanted = listing.group in KEPT_WHEN_UNWANTED
    return _rules(tuple(tariff), weights, unwanted, structured.absolute(""), language())


@functools.lru_cache(maxsize=1024)
def _rules(
    tariff: tuple[ZoneTariff, ...], weights_g: tuple[int, ...], unwanted: bool, _shop: str, _language: str
) -> list[Node]:
    """The same for many products, and a third of what a product says; nobody changes it."""
    found: dict[str, Node] = {}
    told: set[str] = set()
    for zone in tariff:
        for weight in weights_g:
            step = zone.step_for(weight)
            if step and _details_id(zone, step) not in found:
                found[_details_id(zone, step)] = {
                    "@type": "OfferShippingDetails",
                    "@id": _details_id(zone, step),
                    "shippingDestination": structured.region(zone, known=zone.key in told),
                    "shippingRate": structured.money(step.fee_vnd),
                    "deliveryTime": {
                        "@type": "ShippingDeliveryTime",
                        "transitTime": structured.days(step.days_min, step.days_max),
                    },
                }
                told.add(zone.key)
    seller = {
        "@type": "OnlineStore",
        "@id": structured.store_id(),
        "name": _("Sản vật Hà Tĩnh"),
        "url": absolute(url_for("shop.home")),
    }
    return [seller, structured.return_policy(unwanted=unwanted), *found.values()]


def _details_id(zone: ZoneTariff, step: TariffLine) -> str:
    return absolute(f"/#giao-{zone.key}-{step.up_to_g}")


def _properties(listing: Listing) -> list[Node]:
    shelf_life = (
        counted("%(num)s ngày từ ngày sản xuất", listing.shelf_life_days) if listing.shelf_life_days else ""
    )
    told = (
        (_("Thành phần"), plain_column(listing, "ingredients")),
        (_("Cách dùng"), plain_column(listing, "usage")),
        (_("Bảo quản"), plain_column(listing, "storage")),
        (_("Hạn dùng"), shelf_life),
    )
    return [{"@type": "PropertyValue", "name": name, "value": value} for name, value in told if value]
