"""Files as spreadsheets write them: separators, encodings, blank rows, and what is said of one that does not fit."""

import csv
from pathlib import Path

import click
import pytest

from storefront.cli import points, tables

REGISTER = Path("storefront/cli/demo/register.csv")
CATALOGUE = Path("storefront/cli/demo/catalogue.csv")


def write(file, rows, separator=",", encoding="utf-8"):
    with file.open("w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=separator).writerows(rows)
    return file


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def without(rows, *names):
    kept = [place for place, name in enumerate(rows[0]) if name not in names]
    return [[row[place] for place in kept] for row in rows]


def run(app, *words):
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("source", [REGISTER, CATALOGUE])
def test_a_file_reads_alike_whatever_separates_its_cells(tmp_path, source, separator, encoding):
    again = write(tmp_path / "x.csv", rows_of(source), separator, encoding)
    assert tables.read(again) == tables.read(source)


def test_a_register_with_semicolons_comes_in(app, tmp_path):
    file = write(tmp_path / "so.csv", rows_of(REGISTER), ";", "utf-8-sig")
    done = run(app, "register", "import", file, "--dry-run")
    assert done.exit_code == 0, done.output
    assert "129 added" in done.output


@pytest.mark.parametrize(("command", "source"), [("register", REGISTER), ("catalogue", CATALOGUE)])
def test_missing_columns_are_said_in_one_sentence(app, tmp_path, command, source):
    heading = rows_of(source)[0]
    file = write(tmp_path / "x.csv", without(rows_of(source), "product_name", heading[-1]))
    done = run(app, command, "import", file)
    assert done.exit_code == 1
    said = done.stderr.splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"row 1 lacks the columns: product_name, {heading[-1]}; allowed are: ")
    assert all(name in said[0] for name in heading)
    assert said[1].endswith("nothing was written")


@pytest.mark.parametrize("command", ["register", "catalogue"])
def test_a_file_with_a_heading_alone_is_refused(app, tmp_path, command):
    file = write(tmp_path / "x.csv", [["product_name"], [""], []])
    done = run(app, command, "import", file)
    assert (done.exit_code, done.stderr.splitlines()[0]) == (1, "there are no rows below the heading")


def test_a_wrong_cell_is_named_by_its_row_in_the_file(app, tmp_path):
    rows = rows_of(REGISTER)[:4]
    rows[3][rows[0].index("stars")] = "7"
    rows.insert(2, [""] * len(rows[0]))
    done = run(app, "register", "import", write(tmp_path / "x.csv", rows, ";"))
    assert done.exit_code == 1
    assert "row 5, stars: '7' is not allowed; give a number from 3 to 5, or empty" in done.stderr


def test_points_say_the_same_of_their_columns(app, tmp_path):
    file = write(tmp_path / "x.csv", [["code", "name"], ["a", "b"]])
    with pytest.raises(click.ClickException, match=r"row 1 lacks the columns: kind, .*street_en"):
        points.keep_points(file)
