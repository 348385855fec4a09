"""Reading tariffs and hand-overs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from storefront.database import session
from storefront.fulfilment.errors import NoTariff, TooHeavy
from storefront.fulfilment.models import Handover, TariffRow, Zone, ZoneProvince
from storefront.money import Vnd


@dataclass(frozen=True, kw_only=True)
class TariffLine:
    """One line of the public tariff."""

    zone_name: str
    up_to_g: int
    fee_vnd: Vnd
    days_min: int
    days_max: int


@dataclass(frozen=True, kw_only=True)
class ZoneTariff:
    """A zone with its provinces and its steps by weight."""

    key: str
    name: str
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


def tariff_table() -> list[TariffLine]:
    """The whole tariff, by zone and weight."""
    rows = session().execute(
        sa.select(Zone.name, TariffRow)
        .join(TariffRow, TariffRow.zone_id == Zone.id)
        .order_by(Zone.position, TariffRow.up_to_g)
    )
    return [
        TariffLine(
            zone_name=name,
            up_to_g=row.up_to_g,
            fee_vnd=row.fee_vnd,
            days_min=row.days_min,
            days_max=row.days_max,
        )
        for name, row in rows
    ]


def tariff_zones() -> list[ZoneTariff]:
    """The whole tariff zone by zone, with the provinces each zone covers."""
    rows = session().execute(
        sa.select(Zone.id, Zone.key, Zone.name, ZoneProvince.province_code)
        .join(ZoneProvince, ZoneProvince.zone_id == Zone.id)
        .order_by(Zone.position, ZoneProvince.province_code)
    )
    covered: dict[tuple[int, str, str], list[str]] = {}
    for zone_id, key, name, province in rows:
        covered.setdefault((zone_id, key, name), []).append(province)
    steps: dict[str, list[TariffLine]] = {}
    for line in tariff_table():
        steps.setdefault(line.zone_name, []).append(line)
    return [
        ZoneTariff(key=key, name=name, province_codes=tuple(codes), steps=tuple(steps.get(name, [])))
        for (_, key, name), codes in covered.items()
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


def handovers(order_id: int) -> list[Handover]:
    """Hand-overs of an order, newest first."""
    found = (
        sa.select(Handover)
        .where(Handover.order_id == order_id)
        .order_by(Handover.at.desc(), Handover.id.desc())
    )
    return list(session().scalars(found))
