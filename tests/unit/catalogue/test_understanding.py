"""What a question is taken for, and what is said of that."""

import random

from storefront.catalogue.search import engine
from storefront.catalogue.search.engine import Asked
from storefront.catalogue.search.index import Index
from tests.unit.catalogue.test_search_engine import DAY, make_row


def test_what_was_looked_for_is_written_as_it_stands_in_a_row():
    place = "xã Thiên Cầm huyện Cẩm Xuyên"
    row = make_row(1, random.Random(0), name="Mắm", words=("Mắm", "", "HTX Cẩm", place, 1), is_alcohol=False)
    index = Index()
    index.fill([(row, "")])
    assert engine.ask(index, Asked(question="thien cam wwww"), DAY).match.shown == "thiên cầm"
    assert engine.ask(index, Asked(question="cam xuyen wwww"), DAY).match.shown == "cẩm xuyên"
