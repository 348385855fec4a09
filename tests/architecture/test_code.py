"""Rules about the code itself."""

import re
from pathlib import Path

import pytest

from config import ROOT

MODULES = sorted((ROOT / "storefront").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
BUDGETS = [
    ("storefront/**/*.py", 320),
    ("templates/**/*.html", 120),
    ("static/css/**/*.css", 250),
    ("static/js/behaviours/*.js", 80),
    ("tests/**/*.py", 400),
]


def test_only_database_commits():
    guilty = [
        m
        for m in MODULES
        if m.name != "database.py" and re.search(r"\.commit\(", m.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_only_the_clock_reads_the_clock():
    reading = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|time\.time\(")
    guilty = [m for m in MODULES if m.name != "clock.py" and reading.search(m.read_text(encoding="utf-8"))]
    assert guilty == []


@pytest.mark.parametrize(("pattern", "most"), BUDGETS)
def test_files_stay_small(pattern, most):
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in ROOT.glob(pattern)}
    assert lengths
    assert {str(path): count for path, count in lengths.items() if count > most} == {}


def test_every_template_compiles_and_is_used(migrated_app):
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*MODULES, *TEMPLATES])
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        migrated_app.jinja_env.get_template(name)
        stem = path.stem
        by_name = name in text or f"/{stem}." in text or f'"{stem}"' in text or f"def {stem}(" in text
        assert by_name or name.startswith(("errors/", "shop/info/")), f"{name} is used by nothing"


def test_no_inline_script_or_style_in_templates():
    inline = re.compile(r"<script(?![^>]*src=)(?![^>]*application/ld\+json)|\sstyle=|\son[a-z]+=\"|<style")
    saved = {ROOT / "templates/shop/orders/download.html"}  # a file on the shopper's disk, no page of ours
    guilty = [
        str(path)
        for path in TEMPLATES
        if path.suffix == ".html" and path not in saved and inline.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_lock_files_name_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = Path(ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert "--hash=sha256:" in text
