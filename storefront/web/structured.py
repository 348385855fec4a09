"""What a page says to machines: one JSON-LD graph of schema.org terms, made of the same facts as the page.

The stars of the programme are a certification, never a rating of ours. An offer stands only where something can be
bought; its price and availability are those of the buy form.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection
from datetime import date
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

import config
from storefront.certification.models import Certificate, IssuingLevel
from storefront.fulfilment.queries import ZoneTariff
from storefront.places import lookup
from storefront.producers.models import NameSource, Producer
from storefront.web import names
from storefront.web.i18n import _, language, plain_column

Node = dict[str, Any]
SCHEMA = "https://schema.org/"
VIETNAM: Node = {"@type": "Country", "name": "VN"}
RETURN_DAYS = 7
"""What the page `doi-tra` promises: goods sent wrong, short or broken, and unopened goods that are no food."""

_ISSUERS = {IssuingLevel.PROVINCE: "Ủy ban nhân dân tỉnh Hà Tĩnh"}
"""Whose decision it was, where the level alone tells it."""


def graph(*nodes: Node | None) -> Markup:
    """The content of the page's one data block; nothing in it can end the script element."""
    known = [node for node in nodes if node]
    whole = {"@context": SCHEMA.rstrip("/"), "@graph": known}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    # a line ends with each object, so that no "}}" looks like the insides of a template left on the page
    between_strings = text.replace("\\\\", "\\u005c").replace('\\"', "\\u0022").split('"')
    between_strings[::2] = [part.replace("}", "}\n") for part in between_strings[::2]]
    text = '"'.join(between_strings)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - escaped for a script element above


def absolute(path: str) -> str:
    """That path of the shop as a whole address, from PUBLIC_URL."""
    return _settings().public_url + path


def crumbs(*steps: tuple[str, str], here: str) -> Node:
    """The way to a page: (name, path) from the first page on, then the page itself."""
    way = [(_("Trang đầu"), url_for("shop.home")), *steps]
    items: list[Node] = [
        {"@type": "ListItem", "position": number, "name": str(name), "item": absolute(path)}
        for number, (name, path) in enumerate(way, 1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": here})
    return {"@type": "BreadcrumbList", "itemListElement": items}


def store(tariff: Collection[ZoneTariff], logo: str) -> Node:
    """The shop with its owner, what it takes back, and where it sends at which fee; nobody changes what is given."""
    return _store(tuple(tariff), logo, _settings(), language())


@functools.lru_cache(maxsize=16)
def _store(tariff: tuple[ZoneTariff, ...], logo: str, settings: config.Settings, _language: str) -> Node:
    owner = settings.owner_in(_language)
    contact = without_nothing(
        {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "telephone": owner.phone,
            "email": owner.email,
            "availableLanguage": ["vi"],
        }
    )
    return without_nothing(
        {
            "@type": "OnlineStore",
            "@id": store_id(),
            "name": _("Sản vật Hà Tĩnh"),
            "legalName": owner.name,
            "url": absolute(url_for("shop.home")),
            "logo": absolute(logo),
            "taxID": owner.business_number,
            "areaServed": VIETNAM,
            "address": {"@type": "PostalAddress", "streetAddress": owner.address, "addressCountry": "VN"}
            if owner.address
            else None,
            "contactPoint": contact if owner.phone or owner.email else None,
            "hasMerchantReturnPolicy": [return_policy(unwanted=False), return_policy(unwanted=True)],
            "hasShippingService": [_shipping_service(zone) for zone in tariff],
        }
    )


def website() -> Node:
    """The site itself."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#trang"),
        "url": absolute(url_for("shop.home")),
        "name": _("Sản vật Hà Tĩnh"),
        "inLanguage": language(),
        "publisher": {"@id": store_id()},
    }


def maker(producer: Producer) -> Node:
    """A producer; what stands in for a name the register does not tell is a brand, not an organisation."""
    named = producer.name_source is NameSource.REGISTER
    node: Node = {
        "@type": "Organization" if named else "Brand",
        "@id": absolute(f"/chu-the/{producer.slug}#nguoi-lam"),
        "name": producer.name,
        "url": absolute(url_for("shop.producer", slug=producer.slug)),
    }
    if named:
        node["address"] = without_nothing(
            {
                "@type": "PostalAddress",
                "addressLocality": names.place(producer.commune_name) or None,
                "addressRegion": "Hà Tĩnh",
                "addressCountry": "VN",
            }
        )
    return node


def certification(certificate: Certificate, valid: bool) -> Node:
    """A certificate with stars as the register has it, active today or not."""
    node: Node = {
        "@type": "Certification",
        "name": _("OCOP %(n)s sao", n=certificate.stars),
        "certificationIdentification": certificate.decision_number,
        "certificationStatus": f"{SCHEMA}Certification{'Active' if valid else 'Inactive'}",
        "url": certificate.source_url,
        "validIn": VIETNAM,
        "datePublished": _iso(certificate.decided_on),
        "validFrom": _iso(certificate.valid_from),
        "expires": _iso(certificate.valid_until),
        "certificationRating": {
            "@type": "Rating",
            "ratingValue": certificate.stars,
            "bestRating": 5,
            "worstRating": 1,
        },
    }
    if certificate.issuing_level in _ISSUERS:
        node["issuedBy"] = {"@type": "GovernmentOrganization", "name": _ISSUERS[certificate.issuing_level]}
    return without_nothing(node)


def return_policy(*, unwanted: bool) -> Node:
    """What comes back: faulty goods always and free; goods only unwanted when they are no food (`unwanted`)."""
    kind = "MerchantReturnFiniteReturnWindow" if unwanted else "MerchantReturnNotPermitted"
    node: Node = {
        "@type": "MerchantReturnPolicy",
        "@id": policy_id(unwanted=unwanted),
        "applicableCountry": "VN",
        "returnPolicyCategory": SCHEMA + kind,
        "itemDefectReturnFees": f"{SCHEMA}FreeReturn",
        "refundType": f"{SCHEMA}FullRefund",
        "merchantReturnLink": absolute(url_for("shop.doi_tra")),
    }
    if unwanted:
        node |= {
            "returnPolicyCountry": "VN",
            "merchantReturnDays": RETURN_DAYS,
            "returnMethod": f"{SCHEMA}ReturnByMail",
            "returnFees": f"{SCHEMA}ReturnFeesCustomerResponsibility",
            "customerRemorseReturnFees": f"{SCHEMA}ReturnFeesCustomerResponsibility",
        }
    return node


def policy_id(*, unwanted: bool) -> str:
    """The name of that policy inside a graph."""
    return absolute("/#doi-tra-khi-doi-y" if unwanted else "/#doi-tra")


def store_id() -> str:
    """The name of the shop inside a graph."""
    return absolute("/#cua-hang")


def region(zone: ZoneTariff, known: bool) -> Node:
    """The provinces of a tariff zone; by its name alone where the graph has it already (`known`)."""
    name = absolute(f"/#vung-{zone.key}")
    if known:
        return {"@id": name}
    return {
        "@type": "DefinedRegion",
        "@id": name,
        "name": plain_column(zone, "name"),
        "addressCountry": "VN",
        "addressRegion": [lookup.province(code).short_name for code in zone.province_codes],
    }


def money(amount: int) -> Node:
    """A fee in đồng."""
    return {"@type": "MonetaryAmount", "value": amount, "currency": "VND"}


def days(least: int, most: int) -> Node:
    """From so many days to so many."""
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY"}


def without_nothing(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _shipping_service(zone: ZoneTariff) -> Node:
    lower = [0, *(step.up_to_g for step in zone.steps)]
    return {
        "@type": "ShippingService",
        "name": plain_column(zone, "name"),
        "fulfillmentType": f"{SCHEMA}FulfillmentTypeDelivery",
        "shippingConditions": [
            {
                "@type": "ShippingConditions",
                "shippingDestination": region(zone, known=over > 0),
                "weight": {
                    "@type": "QuantitativeValue",
                    "minValue": over,
                    "maxValue": step.up_to_g,
                    "unitCode": "GRM",
                },
                "shippingRate": money(step.fee_vnd),
                "transitTime": {"@type": "ServicePeriod", "duration": days(step.days_min, step.days_max)},
            }
            for over, step in zip(lower, zone.steps, strict=False)
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _settings() -> config.Settings:
    settings: config.Settings = current_app.config["SETTINGS"]
    return settings
