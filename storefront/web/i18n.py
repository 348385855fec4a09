"""The translation layer: the message id is the Vietnamese text; a language without a catalogue shows just that."""

from __future__ import annotations

import gettext as stdlib_gettext
from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

DEFAULT = "vi"

_catalogue: stdlib_gettext.NullTranslations = stdlib_gettext.NullTranslations()


def _(message: str, /, **values: Any) -> str:
    """The message in the visitor's language, with `%(name)s` filled in."""
    text = _catalogue.gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The message for that count; `%(num)s` is the count."""
    return _catalogue.ngettext(one, many, count) % {"num": count, **values}


class Lazy:
    """A message of a form or table made at import, put into the visitor's language when shown."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return _(self.message)

    def __html__(self) -> str:
        return str(Markup.escape(str(self)))

    def __mod__(self, values: object) -> str:
        """WTForms' validators fill in their limits this way."""
        return str(self) % values


def lazy(message: str) -> Any:
    """A message translated when it is shown, not when the module is read."""
    return Lazy(message)


@pass_eval_context
def _shown(within: EvalContext, message: str, /, **values: Any) -> str:
    """`_` of the templates: on a page the message is markup and the values filled in are escaped."""
    text = _catalogue.gettext(message)
    if within.autoescape:
        text = Markup(text)  # noqa: S704 - a message of ours
    return text % values if values or "%" in text else text


def register(app: Flask) -> None:
    """Give the templates `_`, `ngettext` and `{% trans %}`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install: Callable[..., None] = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(_catalogue.gettext, _catalogue.ngettext, newstyle=True)
    # the extension's own takes a second call through the context and a formatting for each of a page's hundred words
    app.jinja_env.globals.update(gettext=_shown, _=_shown)
