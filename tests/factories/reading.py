"""Reading a page as a visitor does: its words, also those of attributes, with what is marked as Vietnamese left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from sqlalchemy import select

from storefront.accounts.models import Address, User
from storefront.cases.models import Case, CaseMessage
from storefront.catalogue.models import Listing
from storefront.certification.models import RegisteredProduct
from storefront.database import session
from storefront.orders.models import OrderGroup, OrderLine
from storefront.places import lookup
from storefront.producers.models import Producer
from storefront.stock.models import Point

VIETNAMESE = re.compile(
    "[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
SPOKEN = frozenset(
    {"alt", "title", "aria-label", "placeholder", "content", "data-question", "data-done", "data-label"}
)
SPOKEN_TOO = frozenset({"data-none", "data-one", "data-many", "label"})
EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
FIXED = ("Hà Tĩnh", "Hà\xa0Tĩnh", "NĐ-CP", "QĐ-TTg", "QĐ-UBND", "OCOP HÀ TĨNH", "đồng", "Tiếng Việt")
"""Proper names and numbers of documents that an English page writes with their marks."""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def hidden(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        hidden = self.hidden or given.get("lang") == "vi" or tag in ("script", "style", "textarea", "use")
        if not hidden:
            self.words += [value for name, value in given.items() if name in SPOKEN | SPOKEN_TOO]
        if tag not in EMPTY:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def words_of(page: str) -> list[str]:
    """What the page says outside what it marks as Vietnamese, bit by bit."""
    reader = _Words()
    reader.feed(page)
    return [" ".join(one.split()) for one in reader.words if one.strip()]


def names() -> list[str]:
    """Names and typed texts of the shop, which stay as they are in every language; the longest first.

    A description without its English stands as it is where no mark of its language can: in a page's summary.
    """
    listings = (
        Listing.name,
        Listing.description,
        RegisteredProduct.name,
        RegisteredProduct.commune_old,
        RegisteredProduct.district_old,
    )
    makers = (Producer.name, Producer.commune_old, Producer.district_old, Point.name, Point.street)
    people = (User.name, Address.street, OrderGroup.contact_name, OrderGroup.street, OrderGroup.note)
    columns = (
        *listings,
        *makers,
        *people,
        OrderLine.producer_name,
        Case.text,
        Case.contact_name,
        CaseMessage.text,
    )
    found = {value for column in columns for value in session().scalars(select(column)) if value}
    found |= {one.name for code in ("42", "01") for one in lookup.communes_of(code)}
    found |= {one.short_name for one in lookup.provinces()}
    found |= {name.partition(" ")[2] for name in lookup.home_districts().values()}
    return sorted(found | set(FIXED), key=len, reverse=True)


def vietnamese_in(page: str, known: list[str]) -> list[str]:
    """The bits of an English page that hold Vietnamese outside names."""
    left = []
    for bit in words_of(page):
        plain = bit
        for name in known:
            plain = plain.replace(name, "")
        if VIETNAMESE.search(plain):
            left.append(bit)
    return left
