"""Places, packs and units as an English page writes them; on a Vietnamese page they stay as they are.

A label of a pack is free text. Where every word of it is known it is put into English, else it stays Vietnamese.
"""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup

from storefront import languages
from storefront.catalogue.kinds import KINDS
from storefront.places import english
from storefront.web.i18n import _, told

_PACKS = {
    "bao": "sack",
    "bó": "bundle",
    "cái": "piece",
    "can": "canister",
    "cây": "roll",
    "chai": "bottle",
    "chiếc": "piece",
    "chục": "set",
    "con": "bird",
    "cặp": "set",
    "giỏ": "basket",
    "gói": "pack",
    "hũ": "jar",
    "hộp": "box",
    "lít": "litre",
    "lọ": "jar",
    "lốc": "multipack",
    "quả": "fruit",
    "que": "stick",
    "thùng": "case",
    "túi": "bag",
    "xấp": "stack",
    "đôi": "pair",
}
MOST_TITLE = 70
"""Letters of a title that search results and tabs show."""
_MEASURES = {"g": "g", "kg": "kg", "ml": "ml", "l": "l", "lít": "litre"}
_WHOLE = {"nguyên con": "whole", "nửa con": "half"}
_NUMBER = r"\d+(?:,\d+)?"
_ONE_MEASURE = re.compile(rf"(?:(\w+) )?({_NUMBER}) ({'|'.join(_MEASURES)})")
_TOKEN = re.compile(rf"{_NUMBER}|\w+|[×(),]")


def place(name: str | None) -> str:
    """A place with its kind: `xã Sơn Giang, tỉnh Hà Tĩnh`, in English `Sơn Giang commune, Hà Tĩnh province`."""
    if not name or languages.current() == languages.VIETNAMESE:
        return name or ""
    return english.told(name)


def before_2025(commune: str | None, district: str | None) -> str:
    """What a place was called until districts ended on 1 July 2025: `trước đây Quang Diệm, Hương Sơn`; empty for none."""
    known = ", ".join(place(name) for name in (commune, district) if name)
    return _("trước đây %(place)s", place=known) if known else ""


def pack(label: str) -> Markup:
    """A label of a pack, for a page: `Chai 350 ml`, in English `350 ml bottle`."""
    return told(label, _pack(label))


def plain_pack(label: str) -> str:
    """The same where no markup can stand."""
    return label if languages.current() == languages.VIETNAMESE else _pack(label) or label


def gloss(kind: str) -> str:
    """What a product is, beside its name that stays Vietnamese; empty on a Vietnamese page."""
    return "" if languages.current() == languages.VIETNAMESE else KINDS[kind].english


def in_title(name: str, gloss: str, place: str) -> str:
    """A product as the title of its page names it; what it is gives way where it would make the title too long."""
    from_place = f", {place}" if place else ""
    with_gloss = f"{name} ({gloss}){from_place}"
    return with_gloss if gloss and len(with_gloss) <= MOST_TITLE else name + from_place


def fitting_title(title: str) -> str:
    """The title of a page without the shop's name where it is too long with it; what the page is called stays whole."""
    plain = Markup(title).unescape()  # noqa: S704 - only measured and cut at its end
    own = plain.removesuffix(f" · {_('Sản vật Hà Tĩnh')}")
    return own if len(plain) > MOST_TITLE else plain


def unit(word: str) -> str:
    """What a price is for: `kg`, `l` or `cái`, in English `piece`."""
    return word if languages.current() == languages.VIETNAMESE else _PACKS.get(word, word)


def source(address: str) -> str:
    """What a source is called on a page: the name of its site; one that has but a number is just public."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return host if any(part.isalpha() for part in host.split(".")[-1:]) else _("nguồn công khai")


def register(app: Flask) -> None:
    """Give the templates these."""
    app.jinja_env.globals.update(before_2025=before_2025, in_title=in_title)
    app.jinja_env.filters.update(
        place=place,
        pack=pack,
        plain_pack=plain_pack,
        unit=unit,
        gloss=gloss,
        source=source,
        fitting_title=fitting_title,
    )


@functools.lru_cache(maxsize=4096)
def _pack(label: str) -> str:
    """The label in English; empty when a word of it is not known."""
    small = label[:1].lower() + label[1:]
    simple = _ONE_MEASURE.fullmatch(small)
    if simple and (simple[1] is None or simple[1] in _PACKS):
        amount = f"{simple[2].replace(',', '.')} "
        if simple[1]:
            return f"{amount}{_MEASURES[simple[3]]} {_PACKS[simple[1]]}"
        return amount + _many(_MEASURES[simple[3]], simple[2])
    for words, meaning in _WHOLE.items():
        if small.startswith(words):
            rest = small[len(words) :].strip()
            comma = "" if rest.startswith("(") or not rest else ","
            return f"{meaning.capitalize()}{comma} {_counted(rest)}".strip()
    head, _space, rest = small.partition(" ")
    if head not in _PACKS:
        return _counted(small)
    counted = _counted(rest)
    return counted and f"{_PACKS[head].capitalize()} of {counted}"


def _counted(words: str) -> str:
    """`10 chiếc nhỏ (400 g)` as `10 small pieces (400 g)`; empty when a word of it is not known."""
    made: list[str] = []
    number = ""
    parts = _TOKEN.findall(words)
    for place_in, part in enumerate(parts):
        if part[0].isdigit():
            number = part
            made.append(part.replace(",", "."))
        elif part in "×(),":
            made.append(part)
        elif part in _MEASURES:
            made.append(_many(_MEASURES[part], number))
        elif part in _PACKS:
            is_small = parts[place_in + 1 : place_in + 2] == ["nhỏ"]
            made.append(f"{'small ' if is_small else ''}{_many(_PACKS[part], number)}")
        elif part != "nhỏ":
            return ""
    return re.sub(r" ([,)])", r"\1", " ".join(made)).replace("( ", "(")


def _many(word: str, number: str) -> str:
    if number in ("", "1") or len(word) < 3:
        return word
    return f"{word}es" if word.endswith("x") else word if word == "fruit" else f"{word}s"
