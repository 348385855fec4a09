"""The letters the shop writes: a template each, first line the subject. They take plain values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template

from storefront import languages


@dataclass(frozen=True, kw_only=True)
class Written:
    """A letter ready for the outbox."""

    subject: str
    body: str


def write(name: str, language: str, **values: Any) -> Written:
    """The letter `templates/email/<name>.txt` in that language; absolute addresses come from PUBLIC_URL."""
    settings = current_app.config["SETTINGS"]
    with languages.speaking(language):
        text = render_template(
            f"email/{name}.txt", public_url=settings.public_url, owner=settings.owner_in(language), **values
        )
    subject, _, body = text.strip().partition("\n")
    return Written(subject=subject.strip(), body=body.strip() + "\n")
