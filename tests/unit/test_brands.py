import pytest

from storefront.producers import brands


@pytest.mark.parametrize(
    ("product", "brand"),
    [
        ("Bột nêm dinh dưỡng Đông An", "Đông An"),
        ("Cu đơ Thư Viện - Đăng Thanh", "Thư Viện - Đăng Thanh"),
        ("Chả cá sông Lam", "Sông Lam"),
        ("Sứa ăn liền", "Sứa ăn liền"),
        ("Mật ong Vũ Quang (Đức Lĩnh)", "Vũ Quang (Đức Lĩnh)"),
        ("Nước mắm nhỉ Nhất Ninh", "Nhất Ninh"),
    ],
)
def test_the_brand_follows_the_words_for_the_kind(product, brand):
    assert brands.brand_in(product) == brand
