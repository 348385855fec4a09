"""The pages the law asks of a shop: who runs it, terms, delivery, returns, payment, ranking, privacy."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, render_template

from storefront import languages
from storefront.fulfilment import queries as fulfilment_queries
from storefront.web import assets, guards, page_cache, structured
from storefront.web.shop import citations

VERSION = date(2026, 11, 23)
"""Day of the present wording of these pages; an order keeps it as its `terms_version`."""

COMPLAINT_PATH = "/khieu-nai"
DATA_REQUEST_PATH = "/yeu-cau-du-lieu"
"""Where the forms that open a case stand."""


def register(bp: Blueprint) -> None:
    """Add the information pages to a door."""
    for path, view in PAGES.items():
        bp.add_url_rule(path, view_func=view)


@guards.public
@page_cache.kept()
def gioi_thieu() -> str:
    """Who runs the shop (NĐ 248/2026 Điều 4)."""
    shop = structured.store(fulfilment_queries.tariff_zones(), assets.image_url("icon-512.png"))
    return _page("gioi_thieu", graph=structured.graph(shop))


@guards.public
@page_cache.kept()
def dieu_khoan() -> str:
    """Terms: rights, duties, limits, how a contract is concluded (Điều 6, 8, 9, 12)."""
    return _page("dieu_khoan")


@guards.public
@page_cache.kept()
def giao_hang() -> str:
    """Delivery, its fees and inspection on receipt (Điều 13)."""
    return _page("giao_hang", tariff_rows=fulfilment_queries.tariff_table())


@guards.public
@page_cache.kept()
def doi_tra() -> str:
    """Returns and complaints, with time limits by kind of issue (Điều 7, 14)."""
    return _page("doi_tra")


@guards.public
@page_cache.kept()
def thanh_toan() -> str:
    """Payment and refunds (Điều 10)."""
    return _page("thanh_toan")


@guards.public
@page_cache.kept()
def thu_tu_hien_thi() -> str:
    """How products are ordered (Điều 11)."""
    return _page("thu_tu_hien_thi")


@guards.public
@page_cache.kept()
def quyen_rieng_tu() -> str:
    """Personal data (Điều 5; Luật 91/2025/QH15)."""
    return _page("quyen_rieng_tu")


PAGES = {
    "/gioi-thieu": gioi_thieu,
    "/dieu-khoan": dieu_khoan,
    "/giao-hang": giao_hang,
    "/doi-tra": doi_tra,
    "/thanh-toan": thanh_toan,
    "/thu-tu-hien-thi": thu_tu_hien_thi,
    "/quyen-rieng-tu": quyen_rieng_tu,
}


def _page(name: str, **values: Any) -> str:
    return render_template(
        f"shop/info/{name}.html",
        law=citations.all_citations(),
        basis=citations.citations_for(name),
        version=VERSION,
        complaint_path=languages.at(COMPLAINT_PATH),
        data_request_path=languages.at(DATA_REQUEST_PATH),
        **values,
    )
