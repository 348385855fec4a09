"""The picture of a product in link previews: its stamp with the name, the maker, the place and the stars beside it.

A picture is named by a digest of everything that is drawn and of how it is drawn, so a change of either has a new
address and previews that keep pictures for long never show an old one.
"""

from __future__ import annotations

import functools
import hashlib
import html
import json
from dataclasses import astuple, dataclass
from pathlib import Path
from string import Template

import resvg_py

from storefront.media import stamp, typeset
from storefront.media.typeset import HEADING, TEXT

HERE = Path(__file__).parent
SHOP = "Sản vật Hà Tĩnh"
WORDS = (
    "Của ngon Hà Tĩnh,",
    "biết rõ ai làm.",
    "Sản phẩm OCOP, sao theo giấy còn hạn,",
    "mỗi lô hàng có mã soi được.",
)
INK, QUIET, GOLD = "#17251d", "#3f4d45", "#c58300"
NAME_SIZES = ((76, 2), (66, 2), (58, 2), (56, 3), (48, 3), (42, 4))
TEXT_SIZES = ((31, 1), (28, 1), (28, 2), (25, 2))
"""Sizes of type with the most lines in each, tried in this order."""
_LEFT, _WIDEST = 580, 560


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is drawn. Without stars (no valid certificate) the stamp is grey and has no postmark."""

    name: str
    maker: str
    place: str
    group: str
    kind: str
    stars: int | None
    year: int | None


def digest(subject: Subject) -> str:
    """The name of that picture: 32 letters and digits."""
    told = json.dumps([_look(), stamp.drawing_digest(subject.kind), *astuple(subject)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def png(subject: Subject) -> bytes:
    """The picture of a product, 1200 x 630."""
    palette = subject.group if subject.stars else ""
    one = stamp.drawn(subject.kind, subject.group, subject.stars, subject.year)
    placed = f'<g transform="rotate(-3 300 305) translate(74 79)">{one}</g>'
    deep = stamp.PALETTES[palette][2]
    return render(_page(palette, placed, _words(subject, deep)))


def shop_png() -> bytes:
    """The picture of every page that is not about one product."""
    fan = (
        ("nhung-huou", "herbal", 4, "rotate(-9 150 200) translate(36 74) scale(.56)"),
        ("cu-do", "craft", 3, "rotate(8 440 190) translate(318 66) scale(.56)"),
        ("cam", "food", 4, "rotate(-3 300 400) translate(150 232) scale(.7)"),
    )
    stamps = "".join(
        f'<g transform="{where}">{stamp.drawn(kind, group, stars, None)}</g>'
        for kind, group, stars, where in fan
    )
    lines = [(0, 58, HEADING, INK), (72, 58, HEADING, INK), (148, 27, TEXT, QUIET), (187, 27, TEXT, QUIET)]
    words = "".join(
        _line(text, 250 + y, size, font, colour, 620)
        for text, (y, size, font, colour) in zip(WORDS, lines, strict=True)
    )
    return render(_page("herbal", stamps, words, left=620))


def render(drawn: str, side: int | None = None) -> bytes:
    """That SVG as PNG, `side` wide, with the shop's own fonts and no others."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            width=side,
            skip_system_fonts=True,
            font_files=[str(file) for file in typeset.FILES],
        )
    )


def _page(palette: str, left_side: str, words: str, left: int = _LEFT) -> str:
    tint, art, deep, hill = stamp.PALETTES[palette]
    return _template().substitute(
        tint=tint,
        art=art,
        deep=deep,
        hill=hill,
        left=left,
        heading=typeset.FAMILIES[HEADING],
        stamps=left_side,
        words=words,
        mark=stamp.mark(),
        shop=SHOP,
    )


def _words(subject: Subject, deep: str) -> str:
    name = typeset.fit(subject.name, HEADING, NAME_SIZES, _WIDEST)
    told = (subject.maker, subject.place)
    about = [typeset.fit(line, TEXT, TEXT_SIZES, _WIDEST) for line in told if line]
    heights = [len(one.lines) * one.size * 1.32 for one in about]
    block = len(name.lines) * name.size * 1.14 + 22 + sum(heights) + (92 if subject.stars else 0)
    top = max(118, 330 - block / 2)
    parts = []
    for line in name.lines:
        top += name.size * 1.14
        parts.append(_line(line, top - name.size * 0.22, name.size, HEADING, INK))
    top += 22
    for setting in about:
        for line in setting.lines:
            top += setting.size * 1.32
            parts.append(_line(line, top - setting.size * 0.3, setting.size, TEXT, QUIET))
    if subject.stars:
        top += 44
        parts.append(stamp.star_row(subject.stars, _LEFT, top, 2.1, GOLD))
        year = f"OCOP {subject.year}" if subject.year else "OCOP"
        parts.append(_line(year, top + 34, 31, HEADING, deep, _LEFT + subject.stars * 44 + 16))
    return "".join(parts)


def _line(text: str, y: float, size: float, font: Path, colour: str, x: float = _LEFT) -> str:
    family = typeset.FAMILIES[font]
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" font-size="{size}" fill="{colour}">'
        f"{html.escape(text)}</text>"
    )


@functools.cache
def _template() -> Template:
    return Template((HERE / "card.svg").read_text(encoding="utf-8"))


@functools.cache
def _look() -> str:
    """Digest of everything that decides how a picture looks."""
    own = [HERE / name for name in ("card.svg", "picture.py", "stamp.py", "typeset.py")]
    files = [*own, *typeset.FILES, stamp.IMAGES / "brand.svg"]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
