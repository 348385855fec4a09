import dataclasses
import io

import pytest
from PIL import Image

from storefront.media import picture, stamp, typeset
from storefront.media.picture import Subject

HONEY = Subject(
    name="Mật ong Cường Nga",
    maker="HTX Cường Nga",
    place="xã Sơn Giang, Hà Tĩnh",
    group="food",
    kind="mat-ong",
    stars=4,
    year=2024,
)


def pixels(subject):
    return Image.open(io.BytesIO(picture.png(subject))).convert("RGB")


def test_a_picture_has_the_size_that_previews_want_and_is_light():
    drawn = picture.png(HONEY)
    assert Image.open(io.BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) < 300_000


def test_the_same_subject_is_the_same_picture():
    assert picture.png(HONEY) == picture.png(dataclasses.replace(HONEY))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Mật ong Cường Nga!"},
        {"maker": "HTX Khác"},
        {"place": "xã Khác, Hà Tĩnh"},
        {"group": "herbal"},
        {"kind": "cam"},
        {"stars": 3},
        {"year": 2025},
    ],
)
def test_everything_drawn_is_in_the_name_and_on_the_picture(change):
    other = dataclasses.replace(HONEY, **change)
    assert picture.digest(other) != picture.digest(HONEY)
    assert pixels(other).tobytes() != pixels(HONEY).tobytes()


def test_without_a_valid_certificate_it_is_grey_and_has_no_stars():
    grey = pixels(dataclasses.replace(HONEY, stars=None, year=None)).resize((120, 63))
    colourful = [p for p in grey.crop((0, 0, 55, 63)).get_flattened_data() if max(p) - min(p) > 24]
    assert colourful == []


def test_vietnamese_letters_are_letters_of_the_font():
    """A letter the font lacks is drawn as nothing, so two names that differ only in it would look the same."""
    letters = "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ–“”&()"
    for letter in letters + letters.upper():
        for font in typeset.FILES:
            assert ord(letter) in typeset._metrics(font)[1], letter


def test_a_long_name_stays_in_its_column_and_a_longer_one_is_cut():
    long = "Tinh bột nghệ đỏ sấy lạnh nguyên chất Hoàng Thị Nguyệt Hương Khê"
    for name in (long, long * 4, "Siêudàikhôngkhoảngtrắng" * 6, "😀 " * 30):
        fitted = typeset.fit(name, typeset.HEADING, picture.NAME_SIZES, 560)
        assert all(typeset.width(line, typeset.HEADING, fitted.size) <= 560 for line in fitted.lines)
        assert len(fitted.lines) <= 4
        picture.png(dataclasses.replace(HONEY, name=name))
    assert typeset.fit(long * 4, typeset.HEADING, picture.NAME_SIZES, 560).lines[-1].endswith("…")


def test_no_line_is_left_with_one_short_word():
    fitted = typeset.fit("Kẹo cu đơ Hà Tĩnh – Nguyễn Hằng", typeset.HEADING, picture.NAME_SIZES, 560)
    assert all(" " in line for line in fitted.lines)


def test_markup_in_a_name_is_text():
    picture.png(dataclasses.replace(HONEY, name='<b> & "Co" </svg>', maker="<script>", place="a & b"))


def test_a_kind_without_a_drawing_gets_the_parcel():
    assert stamp.drawing("khong-co") == stamp.drawing("mac-dinh")
