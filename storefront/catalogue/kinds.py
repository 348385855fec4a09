"""Kinds of product: the drawing that stands in for a photograph, the words for it, and whether it is alcohol."""

from __future__ import annotations

from dataclasses import dataclass

from storefront.certification.groups import ProductGroup

_FOOD = {
    "mat-ong": ("Mật ong", "Honey"),
    "cu-do": ("Cu đơ", "Peanut candy on rice crackers"),
    "cam": ("Cam", "Oranges"),
    "nuoc-mam": ("Nước mắm", "Fish sauce"),
    "tra-tui-loc": ("Trà túi lọc", "Herbal tea bags"),
    "tom-kho": ("Tôm khô", "Dried shrimp"),
    "bot-nem": ("Bột nêm", "Seasoning powder"),
    "nuoc-cot-canh": ("Nước cốt canh", "Soup concentrate"),
    "gio": ("Giò", "Steamed meat roll"),
    "tra-gao-lut": ("Trà gạo lứt", "Brown rice tea"),
    "tra-sen": ("Trà sen", "Lotus tea"),
    "banh-chung": ("Bánh chưng", "Sticky rice cakes"),
    "banh-da-vung": ("Bánh đa vừng", "Sesame rice crackers"),
    "banh-da-nem": ("Bánh đa nem", "Rice paper"),
    "ca-muoi": ("Cà muối", "Pickled aubergines"),
    "cha-uc-ga": ("Chả ức gà", "Chicken breast roll"),
    "cha-ca": ("Chả cá", "Fish cakes"),
    "xuc-xich": ("Xúc xích", "Sausages"),
    "ga": ("Thịt gà", "Chicken"),
    "gao": ("Gạo", "Rice"),
    "dua-luoi": ("Dưa lưới", "Netted melons"),
    "oi": ("Ổi", "Guavas"),
    "tram-den": ("Trám đen", "Black canarium fruit"),
    "dau-lac": ("Dầu lạc", "Peanut oil"),
    "dau-vung": ("Dầu vừng", "Sesame oil"),
    "mat-mia": ("Mật mía", "Cane molasses"),
    "banh-bao": ("Bánh bao", "Steamed buns"),
    "cha-bong": ("Chả bông", "Meat floss"),
    "thit-bo-kho": ("Thịt bò khô", "Dried beef"),
    "thit-de": ("Thịt dê", "Goat meat"),
    "hanh-tam": ("Hành tăm", "Small shallots"),
    "luon-say": ("Lươn sấy", "Dried eel"),
    "ngu-coc": ("Ngũ cốc", "Cereal powder"),
    "tinh-bot-nghe": ("Tinh bột nghệ", "Turmeric starch"),
    "tinh-bot-san-day": ("Tinh bột sắn dây", "Kudzu starch"),
    "mam-tom": ("Mắm tôm, mắm ruốc", "Shrimp paste"),
    "muc-kho": ("Mực khô", "Dried squid"),
    "ca-kho": ("Cá khô", "Dried fish"),
    "ca-mom-rim": ("Cá rim", "Caramelised fish"),
    "sua": ("Sứa", "Jellyfish"),
    "lac": ("Lạc", "Peanuts"),
    "keo-lac": ("Kẹo lạc", "Peanut brittle"),
    "rau": ("Rau", "Vegetables"),
    "bot-rau": ("Bột rau", "Vegetable powder"),
    "kim-chi": ("Kim chi", "Kimchi"),
    "nem-chua": ("Nem chua", "Fermented pork rolls"),
    "mien-gao": ("Miến gạo", "Rice vermicelli"),
}
_HERBAL = {
    "nhung-huou": ("Nhung hươu", "Velvet antler"),
    "bot-nhung-huou": ("Bột nhung hươu", "Velvet antler powder"),
    "cao-xuong-huou": ("Cao hươu", "Deer bone extract"),
    "dong-trung-ha-thao": ("Đông trùng hạ thảo", "Cordyceps"),
}
_OTHER = {
    ProductGroup.DRINK: {
        "ruou": ("Rượu", "Rice spirit"),
        "ruou-nhung": ("Rượu nhung hươu", "Velvet antler spirit"),
        "ruou-sen": ("Rượu sen", "Lotus spirit"),
    },
    ProductGroup.CRAFT: {"huong-tram": ("Hương trầm", "Agarwood incense"), "dua": ("Đũa", "Chopsticks")},
    ProductGroup.GARDEN: {"cay-canh": ("Cây cảnh", "Ornamental plants")},
    ProductGroup.TRAVEL: {"nha-nghi": ("Nghỉ nhà dân", "Homestays")},
}
_ALCOHOL = frozenset({"ruou", "ruou-nhung", "ruou-sen"})


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of product."""

    key: str
    word: str
    english: str
    """The gloss beside a name, which stays Vietnamese on English pages."""
    group: ProductGroup
    is_alcohol: bool


KINDS = {
    key: Kind(key=key, word=word, english=english, group=group, is_alcohol=key in _ALCOHOL)
    for group, words in {ProductGroup.FOOD: _FOOD, ProductGroup.HERBAL: _HERBAL, **_OTHER}.items()
    for key, (word, english) in words.items()
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
