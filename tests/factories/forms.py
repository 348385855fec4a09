"""Forms read off a page as a browser reads them: where each is sent, and what it sends untouched."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

NOT_TYPED = frozenset({"hidden", "submit", "checkbox", "radio", "select", "password"})
"""Kinds that a visitor does not type readable words into."""


@dataclass(frozen=True)
class Field:
    """One field: `value` is what is sent untouched, None for a box not ticked, which sends `offer` when it is."""

    name: str
    kind: str
    value: str | None
    offer: str = ""

    @property
    def is_typed(self) -> bool:
        return self.kind not in NOT_TYPED


@dataclass
class Form:
    """A form that changes something (method post)."""

    path: str
    fields: list[Field] = field(default_factory=list)

    def untouched(self) -> list[tuple[str, str]]:
        return [(one.name, one.value) for one in self.fields if one.value is not None]

    def typed(self) -> dict[str, str]:
        return {one.name: one.value or "" for one in self.fields if one.is_typed}


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__()
        self.base, self.forms, self.by_id = base, [], {}
        self.open: Form | None = None
        self.area: tuple[Form, str] | None = None
        self.words: list[str] = []
        self.select: tuple[Form, str] | None = None
        self.options: list[tuple[str, bool]] = []
        self.later: list[tuple[str, Field]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(urljoin(self.base, given.get("action") or self.base))
            if given.get("id"):
                self.by_id[given["id"]] = self.open
            if given.get("method", "get").lower() == "post":
                self.forms.append(self.open)
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag in ("input", "button", "textarea", "select") and given.get("name") and not _fixed(given):
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name = given["name"]
        if tag == "textarea" and self.open:
            self.area, self.words = (self.open, name), []
        elif tag == "select" and self.open:
            self.select, self.options = (self.open, name), []
        elif tag in ("input", "button"):
            kind = given.get("type", "text" if tag == "input" else "submit")
            sent = kind not in ("checkbox", "radio") or "checked" in given
            value = given.get("value", "on" if kind in ("checkbox", "radio") else "")
            made = Field(name, kind, value if sent else None, value)
            if given.get("form"):
                self.later.append((given["form"], made))
            elif self.open:
                self.open.fields.append(made)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea" and self.area:
            form, name = self.area
            words = "".join(self.words).replace("\r\n", "\n").removeprefix("\n")
            form.fields.append(Field(name, "textarea", words))
            self.area = None
        elif tag == "select" and self.select:
            form, name = self.select
            chosen = [value for value, is_chosen in self.options if is_chosen]
            form.fields.append(
                Field(name, "select", (chosen or [value for value, _ in self.options] or [""])[0])
            )
            self.select = None

    def done(self) -> list[Form]:
        for owner, made in self.later:
            if owner in self.by_id:
                self.by_id[owner].fields.append(made)
        return self.forms


def _fixed(given: dict[str, str]) -> bool:
    return "disabled" in given or "readonly" in given


def of_page(html: str, path: str) -> list[Form]:
    """The forms of a page at that path."""
    reader = _Reader(path)
    reader.feed(html)
    return reader.done()
