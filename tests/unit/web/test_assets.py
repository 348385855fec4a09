"""Addresses that hold a hash: what is served, what is refused, and that the real folder is whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask

import config
from storefront.web import assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "static/css/reset.css": "@layer reset { a { color: red } }",
        "static/css/tokens.css": "@font-face { src: url(/static/fonts/a.woff2) }",
        "static/css/components/b.css": "/* b */",
        "static/css/components/a.css": "/* a */",
        "static/css/pages/p.css": "/* p */",
        "static/css/print.css": "/* print */",
        "static/js/app.js": "import './behaviours/copy.js'",
        "static/js/behaviours/copy.js": "export const x = 1",
        "static/fonts/a.woff2": "font",
        "static/img/kinds/mac-dinh.svg": "<svg/>",
        "static/img/kinds/cam.svg": "<svg>cam</svg>",
        "static/speculation-rules.json": "{}",
        "secret.txt": "not to be served",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Flask:
    app = Flask("kit", root_path=str(folder), static_folder=None)
    assets.register(app)
    return app


def test_style_is_joined_in_the_order_of_its_layers(folder: Path) -> None:
    text = assets.load(folder / "static").by_name["site.css"].body.decode()
    assert text.startswith("@layer reset, tokens, base, layout, components, pages, utilities;")
    places = [
        text.index(part)
        for part in ("color: red", "@font-face", "/* a */", "/* b */", "/* p */", "/* print */")
    ]
    assert places == sorted(places)


def test_style_names_the_hashed_font(folder: Path) -> None:
    loaded = assets.load(folder / "static")
    assert f"url({loaded.url('fonts/a.woff2')})" in loaded.by_name["site.css"].body.decode()


def test_style_that_names_a_missing_file_stops_the_start(folder: Path) -> None:
    (folder / "static/css/base.css").write_text("a { background: url(/static/img/gone.svg) }")
    with pytest.raises(LookupError, match=r"img/gone\.svg"):
        assets.load(folder / "static")


def test_style_outside_the_layers_stops_the_start(folder: Path) -> None:
    (folder / "static/css/misc.css").write_text("a {}")
    with pytest.raises(LookupError, match=r"misc\.css"):
        assets.load(folder / "static")


def test_scripts_share_one_hash_that_moves_with_any_of_them(folder: Path) -> None:
    before = assets.load(folder / "static")
    assert before.by_name["js/app.js"].digest == before.by_name["js/behaviours/copy.js"].digest
    (folder / "static/js/behaviours/copy.js").write_text("export const x = 2")
    assert assets.load(folder / "static").by_name["js/app.js"].digest != before.by_name["js/app.js"].digest


def test_a_kind_without_a_drawing_gets_the_parcel_and_another_picture_is_an_error(folder: Path) -> None:
    loaded = assets.load(folder / "static")
    assert loaded.image_url("kinds/cam.svg") == loaded.url("img/kinds/cam.svg")
    assert loaded.image_url("kinds/chua-co.svg") == loaded.url("img/kinds/mac-dinh.svg")
    with pytest.raises(LookupError):
        loaded.image_url("logo.svg")


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("site.css", "text/css; charset=utf-8"),
        ("js/app.js", "text/javascript; charset=utf-8"),
        ("img/kinds/cam.svg", "image/svg+xml; charset=utf-8"),
        ("fonts/a.woff2", "font/woff2"),
        ("speculation-rules.json", "application/speculationrules+json"),
    ],
)
def test_answer_is_kept_for_ever_under_its_type(
    app: Flask, folder: Path, name: str, content_type: str
) -> None:
    answer = app.test_client().get(assets.load(folder / "static").url(name))
    assert answer.status_code == 200
    assert answer.content_type == content_type
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["ETag"]


def test_gzip_only_for_those_who_take_it_and_only_where_it_helps(app: Flask, folder: Path) -> None:
    loaded, client = assets.load(folder / "static"), app.test_client()
    zipped = client.get(loaded.url("site.css"), headers={"Accept-Encoding": "br, gzip"})
    plain = client.get(loaded.url("site.css"), headers={"Accept-Encoding": "gzip;q=0"})
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert zipped.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert (
        "Content-Encoding"
        not in client.get(loaded.url("fonts/a.woff2"), headers={"Accept-Encoding": "gzip"}).headers
    )


def test_known_etag_is_answered_without_a_body(app: Flask, folder: Path) -> None:
    url, client = assets.load(folder / "static").url("js/app.js"), app.test_client()
    again = client.get(url, headers={"If-None-Match": client.get(url).headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_wrong_hash_unknown_name_and_a_way_out_of_the_folder_are_404(app: Flask, folder: Path) -> None:
    client, good = app.test_client(), assets.load(folder / "static").by_name["js/app.js"].digest
    for path in (
        "/static/0000000000000000/js/app.js",
        f"/static/{good}/js/none.js",
        f"/static/{good}/css/reset.css",
        f"/static/{good}/../../secret.txt",
        f"/static/{good}/%2e%2e/%2e%2e/secret.txt",
        "/static/js/app.js",
    ):
        assert client.get(path).status_code == 404, path


def test_pages_name_the_speculation_rules(app: Flask, folder: Path) -> None:
    app.add_url_rule("/", "home", lambda: "<p>")
    named = app.test_client().get("/").headers["Speculation-Rules"]
    assert named == f'"{assets.load(folder / "static").url("speculation-rules.json")}"'


def test_the_route_states_that_anybody_may_call_it(app: Flask) -> None:
    assert app.view_functions["static_file"].__audience__ == "public"  # type: ignore[attr-defined]


def test_the_shop_s_own_folder_is_whole_and_its_style_small() -> None:
    style = assets.load(config.ROOT / "static").by_name["site.css"]
    assert style.gzipped is not None
    assert len(style.gzipped) < 20_000
