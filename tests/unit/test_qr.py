import io

import pytest
import zxingcpp
from PIL import Image

from storefront import qr


@pytest.mark.parametrize(
    "text", ["https://shop.example.org/t/L7K2M9XD4T", "http://127.0.0.1:8000/t/LJ99U4K59C"]
)
def test_a_real_decoder_reads_the_code(text):
    rows = qr.matrix(text)
    side = len(rows) + 8
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + 4, y + 4), 0)
    found = zxingcpp.read_barcodes(image.resize((side * 6, side * 6), Image.Resampling.NEAREST))
    assert [code.text for code in found] == [text]


def test_the_path_draws_exactly_the_dark_modules():
    text = "https://shop.example.org/t/L7K2M9XD4T"
    data, side = qr.path(text)
    drawn = set()
    for part in data.split("z")[:-1]:
        start, run = part.removeprefix("M").split("h", 1)
        x, y = map(int, start.split())
        drawn |= {(x + i, y) for i in range(int(run.split("v")[0]))}
    dark = {(x + 4, y + 4) for y, row in enumerate(qr.matrix(text)) for x, cell in enumerate(row) if cell}
    assert drawn == dark
    assert side == len(qr.matrix(text)) + 8
    assert io.StringIO(qr.svg(text, 'a "b" <c>')).read().count("<title>") == 1
