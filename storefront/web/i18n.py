"""The translation layer: the message id is the Vietnamese text; a language without a message shows just that.

English stands in `translations/en.po`, read once a process (`make words` brings the file up to the source).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages import pofile
from flask import Flask
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from storefront import languages
from storefront.web import filters

DEFAULT = languages.VIETNAMESE
FOLDER = Path(__file__).resolve().parent / "translations"

language = languages.current
speaking = languages.speaking


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language, and those that have one form for one thing and another for many."""

    texts: dict[str, str]
    plurals: dict[str, tuple[str, str]]


@functools.cache
def catalogue(language: str) -> Catalogue:
    """What is translated into that language; nothing for the one the messages are written in."""
    found = Catalogue({}, {})
    if language == DEFAULT:
        return found
    with (FOLDER / f"{language}.po").open("rb") as file:
        for message in pofile.read_po(file, locale=language):
            if not message.id or not message.string or message.fuzzy:
                continue
            if isinstance(message.id, (tuple, list)):
                one, many = message.string[0], message.string[1]
                if one and many:
                    found.plurals[message.id[0]] = one, many
                    found.texts[message.id[0]] = one
            else:
                found.texts[message.id] = str(message.string)
    return found


def _(message: str, /, **values: Any) -> str:
    """The message in the visitor's language, with `%(name)s` filled in."""
    text = _text(message)
    return text % values if values else text


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The message for that count; `%(num)s` is the count. Vietnamese may write both alike."""
    return _plural(one, many, count) % {"num": filters.number(count), **values}


def counted(message: str, count: int, /, **values: Any) -> str:
    """`ngettext` for what Vietnamese writes alike for one and for many."""
    return ngettext(message, message, count, **values)


class Lazy:
    """A message of a form or table made at import, put into the visitor's language when shown."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return _text(self.message)

    def __html__(self) -> str:
        return str(Markup.escape(str(self)))

    def __mod__(self, values: object) -> str:
        """WTForms' validators fill in their limits this way."""
        return str(self) % values


class LazyPick(Lazy):
    """A text from data with its English, chosen when it is shown."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(vietnamese)
        self.english = english

    def __str__(self) -> str:
        return pick(self.message, self.english)


def lazy(message: str) -> Any:
    """A message translated when it is shown, not when the module is read."""
    return Lazy(message)


def pick(vietnamese: str, english: str | None) -> str:
    """A text that comes from data, in the visitor's language where it is told in it; for attributes and machines."""
    return english if english and language() != DEFAULT else vietnamese


def told(vietnamese: str, english: str | None = None) -> Markup:
    """The same for a page: what stays Vietnamese on a page of another language says so to screen readers."""
    if language() == DEFAULT:
        return escape(vietnamese)
    return escape(english) if english else Markup('<span lang="vi">{}</span>').format(vietnamese)


def column(row: object, name: str) -> Markup:
    """A text of a row, which may have its English in the column `<name>_en`, for a page."""
    return told(getattr(row, name), getattr(row, f"{name}_en", None))


def plain_column(row: object, name: str) -> str:
    """The same for attributes and machines."""
    return pick(getattr(row, name), getattr(row, f"{name}_en", None))


def register(app: Flask) -> None:
    """Give the templates `_`, `ngettext` and `{% trans %}`; `column` and `told` for texts from data, `|viet` for names."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install: Callable[..., None] = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(_text, _plural, newstyle=True)
    # the extension's own takes a second call through the context and a formatting for each of a page's hundred words
    app.jinja_env.globals.update(
        gettext=_shown,
        _=_shown,
        ngettext=_shown_many,
        counted=_shown_counted,
        told=told,
        pick=pick,
        column=column,
        plain_column=plain_column,
        language=language,
    )
    app.jinja_env.filters.update(viet=told, column_text=plain_column)
    for other in languages.PREFIXES:
        catalogue(other)


@pass_eval_context
def _shown(within: EvalContext, message: str, /, **values: Any) -> str:
    """`_` of the templates: on a page the message is markup and the values filled in are escaped."""
    text = _text(message)
    if values or "%" in text:
        text %= _escaped(values) if within.autoescape else values
    return Markup(text) if within.autoescape else text  # noqa: S704 - a message of ours


@pass_eval_context
def _shown_many(within: EvalContext, one: str, many: str, count: int, /, **values: Any) -> str:
    """`ngettext` of the templates; the count is written as numbers are in that language."""
    text = _plural(one, many, count)
    if not within.autoescape:
        return text % {"num": filters.number(count), **values}
    return Markup(text % {"num": filters.number(count), **_escaped(values)})  # noqa: S704 - a message of ours


def _escaped(values: dict[str, Any]) -> dict[str, Any]:
    """What is filled into a message of a page: in a third of the time that a formatted `Markup` takes."""
    return {name: value if type(value) is int else escape(value) for name, value in values.items()}


@pass_eval_context
def _shown_counted(within: EvalContext, message: str, count: int, /, **values: Any) -> str:
    return _shown_many(within, message, message, count, **values)


def _text(message: str) -> str:
    spoken = language()
    return message if spoken == DEFAULT else catalogue(spoken).texts.get(message, message)


def _plural(one: str, many: str, count: int) -> str:
    spoken = language()
    found = None if spoken == DEFAULT else catalogue(spoken).plurals.get(one)
    one, many = found or (one, many)
    return one if count == 1 else many
