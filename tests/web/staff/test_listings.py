"""Listings at the counter: what staff may change, and that stars are not among it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from storefront import access, clock
from storefront.catalogue.models import Listing, Variant
from storefront.certification.models import Certificate, Recorded
from storefront.stock.models import Lot, MovementReason, StockItem, StockMovement
from tests.factories import shop

WORDS = {
    "kind": "mat-ong",
    "description": "Mật ong rừng của đàn ong trên đồi.",
    "ingredients": "Mật ong",
    "storage": "",
    "usage": "",
    "how_made": "",
    "shelf_life_days": "540",
    "season_from": "3",
    "season_until": "6",
    "is_published": "y",
}
PACK = {
    "label": "Hũ 1 lít",
    "net_quantity": "1000",
    "net_unit": "ml",
    "shipping_weight_g": "1.400",
    "price_vnd": "350.000 ₫",
}


@pytest.fixture
def manager(client, db_session):
    user = shop.make_staff(access.Role.MANAGER)
    shop.save()
    shop.sign_in(client, user)
    return user


@pytest.fixture
def kept(manager):
    made = shop.make_buyable("Mật ong Cường Nga")
    shop.save()
    return made


def at(listing, rest=""):
    return f"/quay/san-pham/{listing.id}{rest}"


def fresh(db_session, row):
    db_session.expire_all()
    return db_session.get(type(row), row.id)


def prefixed(prefix, values):
    return {prefix + name: value for name, value in values.items()}


def save_words(client, listing, **values):
    seen = values.pop("seen", listing.updated_at.isoformat())
    return client.post(at(listing), data={**WORDS, "seen": seen, **values})


def test_the_table_is_found_in_without_marks_and_filtered(client, kept, db_session):
    hidden = shop.make_listing(product_name="Nước mắm Ẩn", kind="nuoc-mam", published=False)
    shop.save()
    page = client.get("/quay/san-pham?q=mat+ong+cuong").text
    assert "Mật ong Cường Nga" in page
    assert "Nước mắm Ẩn" not in page
    assert hidden.name in client.get("/quay/san-pham?hien=dang-an").text
    assert hidden.name not in client.get("/quay/san-pham?hien=dang-ban").text
    empty = shop.make_listing(product_name="Cu đơ Hết")
    shop.save()
    out = client.get("/quay/san-pham?hien=het-hang").text
    assert empty.name in out
    assert "Mật ong Cường Nga" not in out
    assert client.get("/quay/san-pham?hien=la&q=" + "x" * 10_000).status_code == 200
    assert client.get("/quay/san-pham?trang=99").status_code == 404


def test_a_registered_product_gets_a_listing_once(client, manager, db_session):
    product = shop.make_product(product_name="Mật ong Mới")
    shop.save()
    assert "Mật ong Mới" in client.get("/quay/san-pham?hien=chua-co&q=mat").text
    path = f"/quay/san-pham/them?product={product.id}"
    assert client.get(path).status_code == 200
    made = client.post(path, data=WORDS)
    listing = db_session.scalars(sa.select(Listing)).one()
    assert (made.status_code, made.location) == (303, at(listing))
    assert (listing.stars, listing.is_published, listing.shelf_life_days) == (4, True, 540)
    assert client.get(path).location == at(listing)
    assert client.post(path, data=WORDS).status_code == 303
    assert len(db_session.scalars(sa.select(Listing)).all()) == 1
    assert "Mật ong Mới" not in client.get("/quay/san-pham?hien=chua-co").text


@pytest.mark.parametrize("product", ["", "0", "x", "9" * 30, "999999999"])
def test_a_product_the_register_does_not_know_gets_none(client, manager, product):
    assert client.get(f"/quay/san-pham/them?product={product}").status_code == 404
    assert client.post(f"/quay/san-pham/them?product={product}", data=WORDS).status_code == 404


def test_texts_change_and_the_shop_shows_them(client, kept, db_session):
    listing = kept[0]
    assert save_words(client, listing).status_code == 303
    changed = fresh(db_session, listing)
    assert (changed.description, changed.season_from, changed.season_until) == (WORDS["description"], 3, 6)
    assert WORDS["description"] in client.get(f"/san-pham/{changed.slug}").text
    assert save_words(client, changed, is_published="").status_code == 303
    assert client.get(f"/san-pham/{changed.slug}").status_code == 404


def test_english_texts_are_kept_beside_the_others_and_english_pages_show_them(client, kept, db_session):
    listing = kept[0]
    told = {"description_en": "Honey of bees on the hill.", "storage_en": " Somewhere dry "}
    assert save_words(client, listing, **told).status_code == 303
    changed = fresh(db_session, listing)
    assert (changed.description_en, changed.storage_en, changed.usage_en) == (
        "Honey of bees on the hill.",
        "Somewhere dry",
        None,
    )
    assert "Honey of bees on the hill." in client.get(at(listing)).text
    english = client.get(f"/en/san-pham/{changed.slug}").text
    assert "Honey of bees on the hill." in english
    assert WORDS["description"] not in english
    vietnamese = client.get(f"/san-pham/{changed.slug}").text
    assert WORDS["description"] in vietnamese
    assert "Honey of bees" not in vietnamese
    assert save_words(client, changed).status_code == 303
    assert fresh(db_session, listing).description_en is None
    assert WORDS["description"] in client.get(f"/en/san-pham/{changed.slug}").text


def test_cured_in_salt_is_no_health_claim(client, kept, db_session):
    assert save_words(client, kept[0], how_made_en="Cured in salt, then treated to sun.").status_code == 303


def test_forged_stars_change_nothing(client, kept, db_session):
    listing, variant, _ = kept
    forged = {"stars": "5", "certified_year": "2026", "valid_until": "2099-01-01", "valid_from": "2000-01-01"}
    before = (listing.stars, listing.certified_year, listing.valid_from, listing.valid_until)
    save_words(client, listing, **forged, group="drink", producer_id="999", name="Tên khác")
    client.post(at(listing, f"/goi/{variant.id}"), data={**prefixed(f"goi{variant.id}-", PACK), **forged})
    changed = fresh(db_session, listing)
    assert (changed.stars, changed.certified_year, changed.valid_from, changed.valid_until) == before
    assert (changed.name, changed.group) == ("Mật ong Cường Nga", "food")
    assert db_session.scalars(sa.select(Certificate.stars)).all() == [4]
    assert "Từ sổ đăng ký" in client.get(at(listing)).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": ""},
        {"description": "x" * 10_000},
        {"description": "Mật này CHỮA ho rất hay."},
        {"usage": "Đặc trị viêm họng"},
        {"description_en": "x" * 2001},
        {"description_en": "This honey CURES coughs."},
        {"usage_en": "Approved by the FDA"},
        {"how_made_en": "chữa ho"},
        {"kind": "khong-co"},
        {"shelf_life_days": "-1"},
        {"shelf_life_days": "9" * 30},
        {"season_from": "13"},
        {"season_until": ""},
    ],
)
def test_a_wrong_text_is_said_kept_and_not_saved(client, kept, db_session, wrong):
    answer = save_words(client, kept[0], **wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert fresh(db_session, kept[0]).description == "Mật của đàn ong vùng đồi."


def test_what_is_called_ruou_stays_alcohol(client, manager, db_session):
    product = shop.make_product(product_name="Rượu Nếp Thử", group="drink")
    shop.save()
    path = f"/quay/san-pham/them?product={product.id}"
    assert client.post(path, data=WORDS).status_code == 422
    assert client.post(path, data={**WORDS, "kind": "ruou"}).status_code == 303
    assert db_session.scalars(sa.select(Listing.is_alcohol)).one() is True


def test_an_old_form_does_not_overwrite(client, kept, db_session):
    listing = kept[0]
    answer = save_words(client, listing, seen="2026-01-01T00:00:00+00:00")
    assert answer.status_code == 409
    assert WORDS["description"] in answer.text
    assert fresh(db_session, listing).description != WORDS["description"]


def test_an_address_is_changed_and_the_old_one_leads_on(client, kept, db_session):
    listing, old = kept[0], kept[0].slug
    other = shop.make_listing(product_name="Cu đơ Khác")
    shop.save()
    for wrong in ("Chữ Hoa", "a", other.slug, "x" * 10_000):
        assert client.post(at(listing, "/dia-chi"), data={"dia-chi-slug": wrong}).status_code == 422
    for slug in ("mat-ong-moi", old, "mat-ong-moi"):
        assert client.post(at(listing, "/dia-chi"), data={"dia-chi-slug": slug}).status_code == 303
    moved = client.get(f"/san-pham/{old}")
    assert (moved.status_code, moved.location) == (301, "/san-pham/mat-ong-moi")
    assert client.post(at(other, "/dia-chi"), data={"dia-chi-slug": old}).status_code == 422


def test_a_pack_is_added_and_changed_and_the_price_follows(client, kept, db_session):
    listing, variant, _ = kept
    assert (
        client.post(at(listing, "/goi"), data=prefixed("moi-", {**PACK, "is_on_sale": "y"})).status_code
        == 303
    )
    big = db_session.scalars(sa.select(Variant).where(Variant.label == "Hũ 1 lít")).one()
    assert (big.price_vnd, big.shipping_weight_g, big.position) == (350_000, 1400, 2)
    cheaper = prefixed(f"goi{big.id}-", {**PACK, "price_vnd": "150000", "is_on_sale": "y"})
    assert client.post(at(listing, f"/goi/{big.id}"), data=cheaper).status_code == 303
    assert fresh(db_session, listing).lowest_price_vnd == 150_000
    off = prefixed(f"goi{variant.id}-", {**PACK, "label": variant.label})
    assert client.post(at(listing, f"/goi/{variant.id}"), data=off).status_code == 303
    assert fresh(db_session, listing).in_stock is False


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"recorded": Recorded.UNCLEAR, "certified_year": None, "decided_on": None}, "chưa rõ hạn"),
        ({"recorded": Recorded.REVOKED}, "đã bị thu hồi"),
        ({"certified_year": 2020, "decided_on": None}, "đã hết hạn"),
    ],
)
def test_a_certificate_that_does_not_hold_is_called_alike_at_the_counter_and_in_the_shop(
    client, manager, values, words
):
    listing = shop.make_listing(stars=3, **values)
    paths = [
        "/quay/san-pham",
        at(listing),
        f"/san-pham/{listing.slug}",
        f"/so-dang-ky?q={listing.name}",
    ]
    shop.save()
    for path in paths:
        page = client.get(path).text
        assert words in page, path
        assert "không còn hạn" not in page
    assert ("nguồn ghi 3 sao" in client.get(paths[2]).text) is (words == "chưa rõ hạn")


def test_numbers_are_shown_and_typed_with_the_mark_of_the_page(client, kept, db_session):
    listing, variant, _ = kept
    path = at(listing, f"/goi/{variant.id}")
    assert 'value="185.000"' in client.get(at(listing)).text
    assert 'value="185,000"' in client.get("/en" + at(listing)).text
    typed = prefixed(f"goi{variant.id}-", {**PACK, "label": variant.label, "price_vnd": "1,150,000"})
    refused = client.post(path, data=typed)
    assert refused.status_code == 422
    assert "số nguyên từ 1.000 đến 1.000.000.000" in refused.text
    assert client.post("/en" + path, data=typed).status_code == 303
    assert fresh(db_session, variant).price_vnd == 1_150_000
    mixed = {**typed, f"goi{variant.id}-price_vnd": "1,150.000"}
    assert client.post("/en" + path, data=mixed).status_code == 422


def test_a_label_once_used_can_be_used_again(client, kept, db_session):
    listing, variant, _ = kept
    renamed = prefixed(f"goi{variant.id}-", {**PACK, "label": "Chai nhỏ", "is_on_sale": "y"})
    assert client.post(at(listing, f"/goi/{variant.id}"), data=renamed).status_code == 303
    again = client.post(at(listing, "/goi"), data=prefixed("moi-", {**PACK, "label": "500 ml"}))
    assert again.status_code == 303
    assert len(set(db_session.scalars(sa.select(Variant.sku)))) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "500 ml"},
        {"label": ""},
        {"label": "Chữa ho"},
        {"price_vnd": "0"},
        {"price_vnd": "-5"},
        {"price_vnd": "1,5"},
        {"price_vnd": "9" * 30},
        {"net_unit": "thùng"},
        {"net_quantity": "1000001"},
    ],
)
def test_a_wrong_pack_is_not_added(client, kept, db_session, wrong):
    answer = client.post(at(kept[0], "/goi"), data=prefixed("moi-", {**PACK, **wrong}))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert len(db_session.scalars(sa.select(Variant)).all()) == 1


def count(client, listing, item, on_hand, seen):
    data = {f"kho{item.id}-on_hand": on_hand, f"kho{item.id}-seen": seen}
    return client.post(at(listing, f"/kho/{item.id}"), data=data)


def test_a_count_corrects_the_stock_unless_it_moved_on(client, kept, manager, db_session):
    listing = kept[0]
    item = db_session.scalars(sa.select(StockItem)).one()
    assert count(client, listing, item, "7", "10").status_code == 303
    moved = db_session.scalars(sa.select(StockMovement).order_by(StockMovement.id.desc())).first()
    assert (moved.change, moved.reason, moved.actor_id) == (-3, MovementReason.CORRECTED, manager.id)
    late = count(client, listing, item, "9", "10")
    assert late.status_code == 409
    assert "Vừa có người sửa" in late.text
    for wrong in ("-1", "", "x", "9" * 30):
        assert count(client, listing, item, wrong, "7").status_code == 422
    assert fresh(db_session, item).on_hand == 7
    assert count(client, listing, item, "0", "7").status_code == 303
    assert fresh(db_session, listing).in_stock is False


def receive(client, listing, variant, point, /, **values):
    data = {
        "variant": variant.id,
        "point": point.id,
        "produced_on": "2026-11-20",
        "quantity": "24",
        "shelf": "B2",
        "seen": "1",
    }
    return client.post(at(listing, "/kho"), data=prefixed("nhap-", {**data, **values}))


def test_goods_come_in_under_a_lot_of_their_day_and_only_once(client, kept, db_session):
    listing, variant, point = kept
    assert receive(client, listing, variant, point).status_code == 303
    lot = db_session.scalars(sa.select(Lot).where(Lot.produced_on == date(2026, 11, 20))).one()
    assert lot.expires_on == date(2026, 11, 20) + timedelta(days=730)
    assert receive(client, listing, variant, point).status_code == 409
    assert receive(client, listing, variant, point, seen="2", expires_on="2027-01-01").status_code == 422
    assert receive(client, listing, variant, point, seen="2", shelf="", quantity="6").status_code == 303
    item = db_session.scalars(sa.select(StockItem).where(StockItem.lot_id == lot.id)).one()
    assert (fresh(db_session, item).on_hand, item.shelf) == (30, "B2")


def test_a_lot_keeps_the_last_day_that_was_given(client, manager, db_session):
    listing = shop.make_listing()
    variant, point = shop.make_variant(listing), shop.make_point()
    shop.save()
    given = {"seen": "0", "expires_on": "2027-05-01"}
    assert receive(client, listing, variant, point, **given).status_code == 303
    assert db_session.scalars(sa.select(Lot.expires_on)).one() == date(2027, 5, 1)
    assert fresh(db_session, listing).in_stock is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"variant": "999999"},
        {"variant": "x"},
        {"point": "9" * 30},
        {"produced_on": ""},
        {"produced_on": "2026-11-24"},
        {"produced_on": "31/12/2025"},
        {"expires_on": "2026-11-22"},
        {"expires_on": "mai"},
        {"quantity": "0"},
        {"shelf": "x" * 21},
        {"seen": "x"},
    ],
)
def test_wrong_goods_do_not_come_in(client, kept, db_session, wrong):
    assert receive(client, *kept, **wrong).status_code == 422
    assert len(db_session.scalars(sa.select(StockMovement)).all()) == 1


def test_things_of_another_listing_are_not_there(client, kept, db_session):
    other, variant, _ = shop.make_buyable("Cu đơ Khác")
    shop.save()
    item = db_session.scalars(sa.select(StockItem).where(StockItem.variant_id == variant.id)).one()
    assert client.post(at(kept[0], f"/goi/{variant.id}"), data=PACK).status_code == 404
    assert count(client, kept[0], item, "1", "10").status_code == 404
    assert receive(client, kept[0], variant, kept[2]).status_code == 422
    assert fresh(db_session, item).on_hand == 10
    assert other.id != kept[0].id


@pytest.mark.parametrize("rest", ["", "/goi", "/kho", "/dia-chi", "/goi/1", "/kho/1"])
def test_an_unknown_listing_is_not_there(client, manager, rest):
    assert client.post(f"/quay/san-pham/999999999{rest}").status_code == 404
    assert client.post(f"/quay/san-pham/{'9' * 30}{rest}").status_code == 404


def test_only_those_who_keep_listings_come_in(client, db_session):
    listing, clerk = shop.make_listing(), shop.make_staff()
    shop.save()
    shop.sign_in(client, clerk)
    assert client.get("/quay/san-pham").status_code == 403
    assert save_words(client, listing).status_code == 403
    assert fresh(db_session, listing).updated_at <= clock.now()
