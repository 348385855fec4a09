"""How numbers, money, dates and codes look on a page, in the language spoken: as CLDR has it for vi and en."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from storefront import clock, codes, languages

NBSP = "\u00a0"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")


def vnd(amount: int) -> str:
    """`1250000` as `1.250.000 ₫`, in English `₫1,250,000`."""
    if _is_vietnamese():
        return f"{amount:,}".replace(",", ".") + f"{NBSP}₫"
    return f"-₫{-amount:,}" if amount < 0 else f"₫{amount:,}"


def vnd_range(lowest: int, highest: int) -> str:
    """`50.000 – 100.000 ₫`, in English `₫50,000 – ₫100,000`."""
    return f"{number(lowest) if _is_vietnamese() else vnd(lowest)} – {vnd(highest)}"


def number(value: int) -> str:
    """`1250` as `1.250`, in English `1,250`."""
    return f"{value:,}".replace(",", ".") if _is_vietnamese() else f"{value:,}"


def day(value: date) -> str:
    """`23/11/2026`, in English `23 Nov 2026`."""
    if _is_vietnamese():
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """A day of this year: `23/11`, in English `23 Nov`."""
    return f"{value.day}/{value.month}" if _is_vietnamese() else f"{value.day} {_MONTHS[value.month - 1]}"


def month(value: int) -> str:
    """A month of any year: `11`, in English `Nov`."""
    return str(value) if _is_vietnamese() else _MONTHS[value - 1]


def moment(value: datetime) -> str:
    """`14:05 ngày 23/11/2026`, in English `23 Nov 2026, 14:05`; in Vietnam's time."""
    local = value.astimezone(clock.VIETNAM)
    if _is_vietnamese():
        return f"{local:%H:%M} ngày {day(local.date())}"
    return f"{day(local.date())}, {local:%H:%M}"


def iso(value: date | datetime) -> str:
    """For `<time datetime>`."""
    return value.isoformat()


def phone(value: str) -> str:
    """`+84912345678` as `0912 345 678`; in English, where the caller may be abroad, `+84 912 345 678`."""
    if value.startswith("+84") and len(value) == 12:
        start = "0" if _is_vietnamese() else "+84 "
        return f"{start}{value[3:6]} {value[6:9]} {value[9:]}"
    return value


def weight(grams: int) -> str:
    """`1400` as `1,4 kg`, in English `1.4 kg`; under a kilogram in grams."""
    if grams < 1000:
        return f"{grams}{NBSP}g"
    kilograms = f"{grams / 1000:.2f}".rstrip("0").rstrip(".")
    return (kilograms.replace(".", ",") if _is_vietnamese() else kilograms) + f"{NBSP}kg"


def _is_vietnamese() -> bool:
    return languages.current() == languages.VIETNAMESE


def register(app: Flask) -> None:
    """Give the templates these filters; an unknown variable in a template is an error."""
    from jinja2 import StrictUndefined

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        vnd=vnd,
        number=number,
        day=day,
        month=month,
        moment=moment,
        iso=iso,
        phone=phone,
        weight=weight,
        code=codes.grouped,
    )
