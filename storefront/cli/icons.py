"""`flask icons`: the icons and the shop's own preview picture, drawn again from their SVG into `static/img`.

They are kept in the repository, so this is run by hand after a change of `static/img/icon.svg` or of the drawings.
"""

from __future__ import annotations

import struct

import click
from flask import Flask

from storefront.media import picture
from storefront.media.stamp import IMAGES

SIZES = {"icon-192.png": 192, "icon-512.png": 512}
APPLE, MASKABLE, FAVICON = 180, 512, 48


@click.command("icons")
def icons() -> None:
    """Draw static/img/icon-*.png, favicon.ico and share.png."""
    icon = (IMAGES / "icon.svg").read_text(encoding="utf-8")
    drawn = {name: picture.render(icon, side) for name, side in SIZES.items()}
    drawn["icon-apple.png"] = picture.render(full_bleed(icon, 0.94), APPLE)
    drawn["icon-maskable.png"] = picture.render(full_bleed(icon, 0.66), MASKABLE)
    drawn["favicon.ico"] = as_ico(picture.render(icon, FAVICON), FAVICON)
    drawn["share.png"] = picture.shop_png()
    for name, body in drawn.items():
        (IMAGES / name).write_bytes(body)
        click.echo(f"{name}: {len(body):,} bytes")


def full_bleed(icon: str, scale: float) -> str:
    """The icon without round corners, its sign drawn smaller: launchers cut their own shape out of it."""
    square = icon.replace(' rx="44"', "", 1)
    opening = square.index("<g ")
    around = f'<g transform="translate(120 120) scale({scale}) translate(-120 -120)">'
    return square[:opening] + around + square[opening:].replace("</svg>", "</g></svg>")


def as_ico(png: bytes, side: int) -> bytes:
    """One PNG in the envelope of an .ico file."""
    head = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHLL", side, side, 0, 0, 1, 32, len(png), len(head) + 16)
    return head + entry + png


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(icons)
