"""Writing tariffs and hand-overs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storefront.database import session
from storefront.fulfilment.models import CarrierKind, Handover, TariffRow, Zone, ZoneProvince
from storefront.money import Vnd


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """To whom an order is handed over."""

    carrier_kind: CarrierKind
    carrier_name: str
    tracking_code: str


def record_handover(*, order_id: int, words: HandOver, actor_id: int, now: datetime) -> Handover:
    """Note that an order was handed over."""
    made = Handover(order_id=order_id, at=now, actor_id=actor_id, **vars(words))
    session().add(made)
    session().flush()
    return made


def replace_tariff(
    rows: Sequence[tuple[str, str, int, int, int, int]],
    provinces: Mapping[str, Sequence[str]],
    english: Mapping[str, str] | None = None,
) -> None:
    """Put a whole new tariff in place: rows of (zone key, zone name, up to g, fee in đồng, days min, days max), and
    by zone key the province codes and the zone's English name."""
    names = english or {}
    for table in (TariffRow, ZoneProvince, Zone):
        session().execute(sa.delete(table))
    zones: dict[str, Zone] = {}
    for key, name, *_rest in rows:
        if key not in zones:
            zones[key] = Zone(key=key, name=name, name_en=names.get(key) or None, position=len(zones) + 1)
            session().add(zones[key])
    session().flush()
    for key, _name, up_to_g, fee, days_min, days_max in rows:
        session().add(
            TariffRow(
                zone_id=zones[key].id, up_to_g=up_to_g, fee_vnd=Vnd(fee), days_min=days_min, days_max=days_max
            )
        )
    for key, codes in provinces.items():
        session().add_all(ZoneProvince(province_code=code, zone_id=zones[key].id) for code in codes)
    session().flush()
