"""Templates, compiled for each language with what never changes on its pages already worked out.

A page says a hundred fixed words and names as many fixed addresses. They become plain text of the compiled template, so
each language has an environment of its own, which shares globals and filters with the first.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import flask.templating
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from storefront import languages

FIXED = frozenset({"_", "at", "css_url", "js_url", "font_url", "image_url", "url_for"})
"""Globals that say the same on every page of a language, when asked with constants alone."""
COMPONENTS = "components/"
"""Templates whose macros know nothing but what they are given, so the same of them."""


class Environment(flask.templating.Environment):
    """The templates of one language."""

    language = languages.VIETNAMESE

    def in_language(self, language: str) -> Environment:
        """The same templates for another language; made once everything is registered on this one."""
        made = self.overlay()
        assert isinstance(made, Environment)
        made.language = language
        return made

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A template without globals of its own takes these as they are: imports compare them at each page."""
        return super().make_globals(d) if d else self.globals

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        with languages.speaking(self.language):
            fixed = _Fixing(self, name).visit(source)
            return super()._generate(fixed, name, filename, defer_init)


class _Fixing(NodeTransformer):
    """Puts the answers in place of calls that always have the same."""

    def __init__(self, environment: Environment, template: str | None) -> None:
        self._environment = environment
        self._within = nodes.EvalContext(environment, template)
        self._components: dict[str, tuple[str, str]] = {}

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.Node:  # noqa: N802 - the names jinja asks for
        if isinstance(node.template, nodes.Const) and node.template.value.startswith(COMPONENTS):
            for name in node.names:
                macro, known_as = (name, name) if isinstance(name, str) else name
                self._components[known_as] = node.template.value, macro
        return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802
        node.body = [self.visit(child) for child in node.body]  # its call is none that can be answered
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        try:
            args = [_constant(argument) for argument in node.args]
            kwargs = {argument.key: _constant(argument.value) for argument in node.kwargs}
        except nodes.Impossible:
            return node
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if node.dyn_args or node.dyn_kwargs or not (name in FIXED or name in self._components):
            return node
        if name == "url_for":
            # a letter's address is a whole one, made where no request is
            is_page = self._within.autoescape and not kwargs and not args[0].startswith(".")
            return nodes.Const(self._environment.app.fixed_address(*args)) if is_page else node  # type: ignore[attr-defined]
        return nodes.Const(self._said(name, args, kwargs))

    def _said(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if name in self._components:
            template, macro = self._components[name]
            return getattr(self._environment.get_template(template).module, macro)(*args, **kwargs)
        if name == "_":
            args = [self._within, *args]
        says: Any = self._environment.globals[name]
        return says(*args, **kwargs)


def _constant(node: nodes.Expr) -> Any:
    """The value of a constant.

    :raises Impossible: when it is none.
    """
    if not isinstance(node, nodes.Const):
        raise nodes.Impossible
    return node.value
