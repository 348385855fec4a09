"""What never changes on the pages of a language is worked out as their templates are compiled, and says the same."""

from __future__ import annotations

import pytest

from storefront import languages

PAGE = "{% from 'components/icon.html' import icon %}{{ icon('search', size=18) }}"


def compiled(app, language, source):
    with languages.speaking(language):
        return app.jinja_env.compile(source, "page.html", raw=True)


def drawn(app, language, source, **values):
    root = f"http://localhost{languages.PREFIXES[language]}/"
    with languages.speaking(language), app.test_request_context("/", base_url=root):
        return app.jinja_env.from_string(source).render(**values)


@pytest.mark.parametrize(
    ("source", "vi", "en"),
    [
        ("{{ _('Giỏ hàng') }}", "Giỏ hàng", "Basket"),
        ("{{ at('/soi') }}", "/soi", "/en/soi"),
        ("{{ url_for('shop.search') }}", "/tim", "/en/tim"),
        ("{{ url_for('shop.sitemap') }}", "/sitemap.xml", "/sitemap.xml"),
    ],
)
def test_fixed_words_and_addresses_are_text_of_the_template(app, source, vi, en):
    for language, said in ((languages.VIETNAMESE, vi), (languages.ENGLISH, en)):
        assert drawn(app, language, source) == said
        assert repr(said) in compiled(app, language, source)


def test_a_component_of_constants_is_drawn_once(app):
    assert drawn(app, "vi", PAGE).startswith('<svg viewBox="0 0 24 24" width="18"')
    assert "<circle" in compiled(app, "vi", PAGE)


def test_what_depends_on_the_page_is_asked_each_time(app):
    source = "{{ _('Tìm “%(q)s”', q=q) }} {{ url_for('shop.search', q=q) }}"
    assert drawn(app, "vi", source, q="<b>") == "Tìm “&lt;b&gt;” /tim?q=%3Cb%3E"
    assert drawn(app, "en", source, q="x").endswith("/en/tim?q=x")


def test_a_letter_keeps_its_whole_addresses(app):
    assert "url_for" in app.jinja_env.compile("{{ url_for('shop.search') }}", "letter.txt", raw=True)
