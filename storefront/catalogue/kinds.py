"""Kinds of product: the drawing that stands in for a photograph, the word for it, and whether it is alcohol."""

from __future__ import annotations

from dataclasses import dataclass

from storefront.certification.groups import ProductGroup

_FOOD = {
    "mat-ong": "Mật ong",
    "cu-do": "Cu đơ",
    "cam": "Cam",
    "nuoc-mam": "Nước mắm",
    "tra-tui-loc": "Trà túi lọc",
    "tom-kho": "Tôm khô",
    "bot-nem": "Bột nêm",
    "nuoc-cot-canh": "Nước cốt canh",
    "gio": "Giò",
    "tra-gao-lut": "Trà gạo lứt",
    "tra-sen": "Trà sen",
    "banh-chung": "Bánh chưng",
    "banh-da-vung": "Bánh đa vừng",
    "banh-da-nem": "Bánh đa nem",
    "ca-muoi": "Cà muối",
    "cha-uc-ga": "Chả ức gà",
    "cha-ca": "Chả cá",
    "xuc-xich": "Xúc xích",
    "ga": "Thịt gà",
    "gao": "Gạo",
    "dua-luoi": "Dưa lưới",
    "oi": "Ổi",
    "tram-den": "Trám đen",
    "dau-lac": "Dầu lạc",
    "dau-vung": "Dầu vừng",
    "mat-mia": "Mật mía",
    "banh-bao": "Bánh bao",
    "cha-bong": "Chả bông",
    "thit-bo-kho": "Thịt bò khô",
    "thit-de": "Thịt dê",
    "hanh-tam": "Hành tăm",
    "luon-say": "Lươn sấy",
    "ngu-coc": "Ngũ cốc",
    "tinh-bot-nghe": "Tinh bột nghệ",
    "tinh-bot-san-day": "Tinh bột sắn dây",
    "mam-tom": "Mắm tôm, mắm ruốc",
    "muc-kho": "Mực khô",
    "ca-kho": "Cá khô",
    "ca-mom-rim": "Cá rim",
    "sua": "Sứa",
    "lac": "Lạc",
    "keo-lac": "Kẹo lạc",
    "rau": "Rau",
    "bot-rau": "Bột rau",
    "kim-chi": "Kim chi",
    "nem-chua": "Nem chua",
    "mien-gao": "Miến gạo",
}
_HERBAL = {
    "nhung-huou": "Nhung hươu",
    "bot-nhung-huou": "Bột nhung hươu",
    "cao-xuong-huou": "Cao hươu",
    "dong-trung-ha-thao": "Đông trùng hạ thảo",
}
_OTHER = {
    ProductGroup.DRINK: {"ruou": "Rượu", "ruou-nhung": "Rượu nhung hươu", "ruou-sen": "Rượu sen"},
    ProductGroup.CRAFT: {"huong-tram": "Hương trầm", "dua": "Đũa"},
    ProductGroup.GARDEN: {"cay-canh": "Cây cảnh"},
    ProductGroup.TRAVEL: {"nha-nghi": "Nghỉ nhà dân"},
}
_ALCOHOL = frozenset({"ruou", "ruou-nhung", "ruou-sen"})


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of product."""

    key: str
    word: str
    group: ProductGroup
    is_alcohol: bool


KINDS = {
    key: Kind(key=key, word=word, group=group, is_alcohol=key in _ALCOHOL)
    for group, words in {ProductGroup.FOOD: _FOOD, ProductGroup.HERBAL: _HERBAL, **_OTHER}.items()
    for key, word in words.items()
}
OF_GROUP = {
    ProductGroup.FOOD: "cu-do",
    ProductGroup.DRINK: "ruou",
    ProductGroup.HERBAL: "nhung-huou",
    ProductGroup.CRAFT: "huong-tram",
    ProductGroup.GARDEN: "cay-canh",
    ProductGroup.TRAVEL: "nha-nghi",
}
"""The drawing that stands for a whole group."""
