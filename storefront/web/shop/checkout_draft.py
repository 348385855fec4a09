"""What was typed at checkout, kept between the page of fields and the order: to JSON and back."""

from __future__ import annotations

from typing import Any

from storefront.accounts import contact
from storefront.cart.models import CheckoutDraft
from storefront.orders.service import Contact
from storefront.orders.states import Method
from storefront.places import lookup
from storefront.web import filters
from storefront.web.shop.checkout_forms import DELIVERY, CheckoutForm, pickup_value


def of_form(form: CheckoutForm) -> dict[str, Any]:
    """The checked form as plain values; the consent is not among them, it is given anew each time."""
    return {
        "phone": contact.phone(form.phone.data or ""),
        "name": form.name.data,
        "point_id": form.pickup_point_id,
        "commune_code": form.chosen.code if form.chosen else None,
        "street": form.street.data if form.is_delivery else "",
        "email": contact.email(form.email.data) if form.email.data else None,
        "note": form.note.data,
        "pay": form.pay.data,
    }


def without_place(draft: CheckoutDraft) -> dict[str, Any]:
    """The kept fields without the commune, which must then be chosen anew."""
    return {**draft.fields, "point_id": None, "commune_code": None}


def typed(draft: CheckoutDraft) -> dict[str, Any]:
    """The fields filled in again for who comes back to change something."""
    kept = draft.fields
    known = {
        "phone": local_phone(kept["phone"]),
        "name": kept["name"],
        "how": pickup_value(kept["point_id"]) if kept["point_id"] else DELIVERY,
        "street": kept["street"],
        "email": kept["email"] or "",
        "note": kept["note"],
        "pay": kept["pay"],
    }
    return known | typed_place(kept["commune_code"])


def typed_place(code: str | None) -> dict[str, str]:
    """The place's fields for a commune's code; none for a code that is no commune's any more."""
    try:
        found = lookup.commune(code or "")
    except lookup.PlaceNotFound:
        return {}
    return {"place": found.label, "commune": found.code}


def local_phone(number: str | None) -> str:
    """A stored number as people type it; empty for none."""
    return filters.phone(number) if number else ""


def point_id(draft: CheckoutDraft) -> int | None:
    """Where the goods are fetched; None for delivery."""
    kept: int | None = draft.fields["point_id"]
    return kept


def has_destination(draft: CheckoutDraft) -> bool:
    """Whether it says where the goods go or are fetched."""
    return bool(draft.fields["point_id"] or draft.fields["commune_code"])


def province_code(draft: CheckoutDraft) -> str | None:
    """Where the goods go; None for pick-up."""
    code = draft.fields["commune_code"]
    return lookup.commune(code).province.code if code else None


def contact_of(draft: CheckoutDraft) -> Contact:
    """Whom the order goes to and where."""
    kept = draft.fields
    commune = lookup.commune(kept["commune_code"]) if kept["commune_code"] else None
    return Contact(
        name=kept["name"],
        phone=kept["phone"],
        email=kept["email"],
        method=Method.PICKUP if kept["point_id"] else Method.DELIVERY,
        commune_code=commune.code if commune else None,
        commune_name=commune.full_name if commune else None,
        province_name=commune.province.name if commune else None,
        street=kept["street"] or None,
        pickup_point_id=kept["point_id"],
        note=kept["note"],
        payment_method=kept["pay"],
    )
