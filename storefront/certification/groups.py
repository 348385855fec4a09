"""The six product groups of the programme (QĐ 26/2026/QĐ-TTg, Phụ lục I) and the words the register uses for them."""

from __future__ import annotations

from enum import StrEnum


class ProductGroup(StrEnum):
    """One of the six ngành; the value is also the name of its colour on the page."""

    FOOD = "food"
    DRINK = "drink"
    HERBAL = "herbal"
    CRAFT = "craft"
    GARDEN = "garden"
    TRAVEL = "travel"


NAMES = {
    ProductGroup.FOOD: "Thực phẩm",
    ProductGroup.DRINK: "Đồ uống",
    ProductGroup.HERBAL: "Dược liệu và sản phẩm từ dược liệu",
    ProductGroup.CRAFT: "Thủ công mỹ nghệ",
    ProductGroup.GARDEN: "Sinh vật cảnh",
    ProductGroup.TRAVEL: "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
}
"""The register's own words, as they stand in its column `group`."""

ENGLISH = {
    ProductGroup.FOOD: "Food",
    ProductGroup.DRINK: "Drinks",
    ProductGroup.HERBAL: "Herbal products",
    ProductGroup.CRAFT: "Handicrafts",
    ProductGroup.GARDEN: "Ornamental plants and animals",
    ProductGroup.TRAVEL: "Community tourism",
}
"""What pages in English call them, for whoever types that."""

SLUGS = {
    ProductGroup.FOOD: "thuc-pham",
    ProductGroup.DRINK: "do-uong",
    ProductGroup.HERBAL: "duoc-lieu",
    ProductGroup.CRAFT: "thu-cong-my-nghe",
    ProductGroup.GARDEN: "sinh-vat-canh",
    ProductGroup.TRAVEL: "du-lich",
}
