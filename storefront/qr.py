"""QR codes as one SVG path: small, sharp at any size, and ours to style (no picture library needed)."""

from __future__ import annotations

import functools

import qrcode
from qrcode.constants import ERROR_CORRECT_M


@functools.lru_cache(maxsize=512)
def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Modules of the symbol, level M, without the quiet zone; a dark module is True."""
    symbol = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    symbol.add_data(text)
    symbol.make(fit=True)
    return tuple(tuple(bool(cell) for cell in row) for row in symbol.get_matrix())


def path(text: str) -> tuple[str, int]:
    """SVG path data (one run of dark modules a rectangle) and the side in modules, quiet zone of 4 included."""
    quiet = 4
    rows = matrix(text)
    parts: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                parts.append(f"M{start + quiet} {y + quiet}h{x - start}v1h-{x - start}z")
            x += 1
    return "".join(parts), len(rows) + 2 * quiet


def svg(text: str, title: str) -> str:
    """A whole SVG document of the code, black on white, quiet zone included."""
    data, side = path(text)
    name = title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * 8}" height="{side * 8}" '
        f'role="img" shape-rendering="crispEdges"><title>{name}</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{data}"/></svg>'
    )
