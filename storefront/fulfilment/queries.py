"""Reading tariffs and hand-overs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from storefront.database import session
from storefront.fulfilment.errors import NoTariff, TooHeavy
from storefront.fulfilment.models import Handover, TariffRow, Zone, ZoneProvince
from storefront.kept import kept
from storefront.money import Vnd


@dataclass(frozen=True, kw_only=True)
class TariffLine:
    """One line of the public tariff."""

    zone_name: str
    zone_name_en: str | None
    up_to_g: int
    fee_vnd: Vnd
    days_min: int
    days_max: int


@dataclass(frozen=True, kw_only=True)
class ZoneTariff:
    """A zone with its provinces and its steps by weight."""

    key: str
    name: str
    name_en: str | None
    province_codes: tuple[str, ...]
    steps: tuple[TariffLine, ...]

    def step_for(self, weight_g: int) -> TariffLine | None:
        """The step that a parcel of that weight falls into; None where it is too heavy."""
        return next((step for step in self.steps if weight_g <= step.up_to_g), None)


@dataclass(frozen=True, kw_only=True)
class DeliveryQuote:
    """What a parcel costs and how long it takes, in days after hand-over."""

    fee_vnd: Vnd
    days_min: int
    days_max: int


_STEPS = (
    sa.select(
        Zone.id,
        Zone.key,
        Zone.name,
        Zone.name_en,
        TariffRow.up_to_g,
        TariffRow.fee_vnd,
        TariffRow.days_min,
        TariffRow.days_max,
    )
    .join(TariffRow, TariffRow.zone_id == Zone.id)
    .order_by(Zone.position, TariffRow.up_to_g)
)
_PROVINCES = sa.select(ZoneProvince.zone_id, ZoneProvince.province_code).order_by(ZoneProvince.province_code)


def tariff_table() -> list[TariffLine]:
    """The whole tariff, by zone and weight."""
    return [step for zone in tariff_zones() for step in zone.steps]


@kept
def tariff_zones() -> list[ZoneTariff]:
    """The whole tariff zone by zone, with the provinces each zone covers."""
    steps: dict[tuple[int, str, str, str | None], list[TariffLine]] = {}
    for zone_id, key, name, english, up_to_g, fee, least, most in session().execute(_STEPS):
        line = TariffLine(
            zone_name=name,
            zone_name_en=english,
            up_to_g=up_to_g,
            fee_vnd=fee,
            days_min=least,
            days_max=most,
        )
        steps.setdefault((zone_id, key, name, english), []).append(line)
    covered: dict[int, list[str]] = {}
    for zone_id, province in session().execute(_PROVINCES):
        covered.setdefault(zone_id, []).append(province)
    return [
        ZoneTariff(
            key=key,
            name=name,
            name_en=english,
            province_codes=tuple(covered.get(zone_id, ())),
            steps=tuple(lines),
        )
        for (zone_id, key, name, english), lines in steps.items()
    ]


def quote(province_code: str, weights_g: Collection[int]) -> list[DeliveryQuote]:
    """What parcels of these weights to that province cost, in the order given.

    :raises NoTariff: when the province lies in no zone.
    :raises TooHeavy: when a parcel is heavier than any step.
    """
    rows = list(
        session().scalars(
            sa.select(TariffRow)
            .join(ZoneProvince, ZoneProvince.zone_id == TariffRow.zone_id)
            .where(ZoneProvince.province_code == province_code)
            .order_by(TariffRow.up_to_g)
        )
    )
    if not rows:
        raise NoTariff(province_code)
    quotes = []
    for weight in weights_g:
        row = next((row for row in rows if weight <= row.up_to_g), None)
        if row is None:
            raise TooHeavy(str(weight))
        quotes.append(DeliveryQuote(fee_vnd=row.fee_vnd, days_min=row.days_min, days_max=row.days_max))
    return quotes


def lowest_fee() -> Vnd | None:
    """The lowest fee of the tariff; None when there is none yet."""
    return session().scalar(sa.select(sa.func.min(TariffRow.fee_vnd)))


def tracked(typed: str) -> list[int]:
    """Ids of the orders handed over under that tracking code, in any case, newest first, at most 50."""
    found = (
        sa.select(Handover.order_id)
        .where(Handover.tracking_code != "", sa.func.lower(Handover.tracking_code) == typed.lower())
        .order_by(Handover.id.desc())
    )
    return list(session().scalars(found.limit(50)))


def handovers(order_id: int) -> list[Handover]:
    """Hand-overs of an order, newest first."""
    found = (
        sa.select(Handover)
        .where(Handover.order_id == order_id)
        .order_by(Handover.at.desc(), Handover.id.desc())
    )
    return list(session().scalars(found))
