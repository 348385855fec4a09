"""The stamp as the pages draw it, in SVG that needs no browser: perforated paper, the drawing of a kind, the postmark."""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path

from storefront.media import typeset

IMAGES = Path(__file__).resolve().parents[2] / "static" / "img"
SIDE = 452
STAR = "M10 1.4l2.6 5.5 6 .8-4.4 4.2 1.1 6L10 15l-5.3 2.9 1.1-6L1.4 7.7l6-.8z"
PALETTES = {
    "food": ("#ffeae3", "#ffded3", "#7d331b", "#f6c9b6"),
    "drink": ("#dcf6f8", "#c6f2f4", "#005d65", "#a5e2e6"),
    "herbal": ("#ecf4e0", "#e1eecd", "#3f5700", "#cbdfa9"),
    "craft": ("#e7f0ff", "#d9e8ff", "#2f4989", "#bed4fb"),
    "garden": ("#ffe9f3", "#ffdcec", "#772f55", "#f8c3dc"),
    "travel": ("#dff4ff", "#cceeff", "#005480", "#a9dcf7"),
    "": ("#f4f3ee", "#e8e8e4", "#4d4d4d", "#dcdbd5"),
}
"""Tint, art, deep and hill of a group: the tokens of the style sheet in sRGB, which the drawing library reads."""

_TURNS = (-63.1, -50.0, -37.0, -23.9, -3.8, 9.5, 28.9, 38.7, 49.5, 63.2)


def drawn(kind: str, group: str, stars: int | None, year: int | None) -> str:
    """The stamp, SIDE wide; without stars grey and without a postmark, as on the page."""
    _tint, art, deep, _hill = PALETTES[group if stars else ""]
    paper = perforated()
    grey = '<filter id="grey"><feColorMatrix type="saturate" values="0"/></filter>'
    picture = f'<svg x="60" y="66" width="332" height="332" viewBox="0 0 240 240">{drawing(kind)}</svg>'
    return (
        f'<path d="{paper}" fill="#000" fill-opacity=".09" transform="translate(3 12)"/>'
        f'<path d="{paper}" fill="#000" fill-opacity=".1" transform="translate(1 4)"/>'
        f'<path d="{paper}" fill="#fff"/><rect x="30" y="30" width="392" height="392" fill="{art}"/>'
        + (picture if stars else f'{grey}<g filter="url(#grey)" opacity=".72">{picture}</g>')
        + star_row(stars or 0, 50, 50, 1.35, deep)
        + (_postmark(stars, year, deep) if stars and year else "")
    )


def star_row(count: int, x: float, y: float, scale: float, colour: str) -> str:
    """So many stars in a row."""
    row = "".join(f'<path transform="translate({20.9 * i:.1f})" d="{STAR}"/>' for i in range(count))
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale})" fill="{colour}">{row}</g>'


@functools.cache
def perforated(side: int = SIDE, teeth: int = 20) -> str:
    """A square of paper with half-round holes along its edges, as the `d` of a path."""
    pitch = side / teeth
    hole = pitch * 0.32
    gap = (pitch - 2 * hole) / 2
    path = ["M0 0"]
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        bite = f"l{gap * dx:.2f} {gap * dy:.2f}a{hole:.2f} {hole:.2f} 0 0 0 {2 * hole * dx:.2f} {2 * hole * dy:.2f}"
        path += [bite + f"l{gap * dx:.2f} {gap * dy:.2f}"] * teeth
    return "".join(path) + "z"


def drawing(kind: str) -> str:
    """What stands inside the SVG of a kind; a kind without one gets the wrapped parcel."""
    return _kind(kind)[0]


def drawing_digest(kind: str) -> str:
    """Changes with the drawing."""
    return _kind(kind)[1]


@functools.cache
def mark() -> str:
    """What stands inside the SVG of the shop's mark (40 x 40)."""
    return _inside((IMAGES / "brand.svg").read_text(encoding="utf-8")).replace("currentColor", "#3c7f5a")


def _postmark(stars: int, year: int, deep: str) -> str:
    """The round mark with the year of the decision."""
    ring = "".join(
        f'<text x="60" y="21.4" transform="rotate({turn} 60 60)">{letter}</text>'
        for letter, turn in zip("OCOPHÀTĨNH", _TURNS, strict=True)
    )
    row = star_row(stars, 60 - stars * 6.3, 43, 0.6, deep)
    return (
        f'<g transform="translate(296 306) rotate(-9 80 80) scale(1.42)" fill="{deep}" opacity=".9" '
        f'font-family="{typeset.FAMILIES[typeset.HEADING]}" text-anchor="middle">'
        f'<g fill="none" stroke="{deep}"><circle cx="60" cy="60" r="50" stroke-width="2.6"/>'
        f'<circle cx="60" cy="60" r="36" stroke-width="1.6"/></g><g font-size="9">{ring}</g>'
        f'{row}<text x="60" y="77" font-size="15">{year}</text></g>'
    )


@functools.cache
def _kind(kind: str) -> tuple[str, str]:
    file = IMAGES / "kinds" / f"{kind}.svg"
    text = (file if file.is_file() else IMAGES / "kinds" / "mac-dinh.svg").read_text(encoding="utf-8")
    return _inside(text), hashlib.sha256(text.encode()).hexdigest()[:16]


def _inside(svg_text: str) -> str:
    return re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg_text, flags=re.DOTALL)
