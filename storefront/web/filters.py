"""How numbers, money, dates and codes look on a page, the Vietnamese way."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from storefront import clock, codes

NBSP = "\u00a0"


def vnd(amount: int) -> str:
    """`1250000` as `1.250.000 ₫`."""
    return f"{amount:,}".replace(",", ".") + f"{NBSP}₫"


def number(value: int) -> str:
    """`1250` as `1.250`."""
    return f"{value:,}".replace(",", ".")


def day(value: date) -> str:
    """`23/11/2026`."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def moment(value: datetime) -> str:
    """`14:05 ngày 23/11/2026`, in Vietnam's time."""
    local = value.astimezone(clock.VIETNAM)
    return f"{local:%H:%M} ngày {day(local.date())}"


def iso(value: date | datetime) -> str:
    """For `<time datetime>`."""
    return value.isoformat()


def phone(value: str) -> str:
    """`+84912345678` as `0912 345 678`."""
    if value.startswith("+84") and len(value) == 12:
        return f"0{value[3:6]} {value[6:9]} {value[9:]}"
    return value


def weight(grams: int) -> str:
    """`1400` as `1,4 kg`; under a kilogram in grams."""
    if grams < 1000:
        return f"{grams}{NBSP}g"
    return f"{grams / 1000:.2f}".rstrip("0").rstrip(".").replace(".", ",") + f"{NBSP}kg"


def register(app: Flask) -> None:
    """Give the templates these filters; an unknown variable in a template is an error."""
    from jinja2 import StrictUndefined

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        vnd=vnd,
        number=number,
        day=day,
        moment=moment,
        iso=iso,
        phone=phone,
        weight=weight,
        code=codes.grouped,
    )
