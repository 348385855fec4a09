"""How the marks somebody typed stand to those of a word that is known. Pure.

Forms are the marked ones of `words`: letters with their shape, the tone at the end ("trâmF").
"""

from __future__ import annotations

import functools

from storefront import text
from storefront.catalogue.search import words


def completes(typed: str, form: str) -> bool:
    """Whether the form is what was typed, or that with marks added: "nươc" and "nước"."""
    (shape, tone), (own_shape, own_tone) = _parts(typed), _parts(form)
    return tone in ("", own_tone) and len(shape) == len(own_shape) and _opens(shape, own_shape)


def begins(typed: str, form: str) -> bool:
    """Whether who typed this may be on the way to the form: "đươ" to "đường", "trầ" to "trầm"."""
    (shape, tone), (own_shape, own_tone) = _parts(typed), _parts(form)
    return tone in ("", own_tone) and _opens(shape, own_shape)


@functools.lru_cache(maxsize=65_536)
def is_near(typed: str, form: str) -> bool:
    """Whether the form, or its beginning, differs in marks so little that it may be meant: in tone or in shape, not in both.

    "mấm" may be mắm and "sữa" sứa; "trứng" is not Trung.
    """
    (shape, tone), (own_shape, own_tone) = _parts(typed), _parts(form)
    return tone in ("", own_tone) or _opens(shape, own_shape)


def keeps(typed: str, form: str) -> bool:
    """Whether a form with other letters keeps the marks that were typed: "hươu" of "huơi", not "ức" of "mực"."""
    (shape, tone), (own_shape, own_tone) = _parts(typed), _parts(form)
    kept = iter(own_shape)
    return tone in ("", own_tone) and all(letter in kept for letter in shape if not letter.isascii())


def keeps_tone(typed: str, form: str) -> bool:
    """Whether the form has the tone that was typed, if one was."""
    return _parts(typed)[1] in ("", _parts(form)[1])


def keeps_a_tone(typed: str, form: str) -> bool:
    """Whether the form has some tone, if one was typed."""
    return not _parts(typed)[1] or bool(_parts(form)[1])


@functools.lru_cache(maxsize=65_536)
def _parts(form: str) -> tuple[str, str]:
    shape = form.rstrip(words.TONE_LETTERS)
    return shape, form[len(shape) :]


def _opens(shape: str, own: str) -> bool:
    """Whether a shape begins with these letters; a bare one may still get its mark."""
    if len(shape) > len(own):
        return False
    return all(one == other or one == text.fold(other) for one, other in zip(shape, own, strict=False))
