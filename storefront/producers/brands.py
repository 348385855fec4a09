"""The brand inside a product's name, for register rows that name no producer ("theo tên sản phẩm"). Pure."""

from __future__ import annotations

from storefront import text

_TITLES = frozenset({"ông", "bà", "làng", "sông", "núi", "cô", "chú"})


def brand_in(product_name: str) -> str:
    """What follows the words for the kind of product: from the first word written with a capital after the first.

    `Bột nêm dinh dưỡng Đông An` gives `Đông An`; a title before it belongs to it (`Sông Lam`); a name without a
    brand (`Sứa ăn liền`) stands for itself.
    """
    words = text.squash(text.nfc(product_name)).split(" ")
    for index in range(1, len(words)):
        bare = words[index].lstrip("(–-")
        if bare[:1].isupper() or bare[:1].isdigit():
            start = index - 1 if index > 1 and words[index - 1].lower() in _TITLES else index
            brand = " ".join(words[start:]).strip(" –-")
            return brand[:1].upper() + brand[1:]
    return " ".join(words)
