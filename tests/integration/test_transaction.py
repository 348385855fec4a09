"""How a transaction is written: to last, or without waiting for the disk."""

import sqlalchemy as sa

from storefront.database import db, session, transaction
from tests.factories import shop

BEGUN = "begun to write"


def waits_for_the_disk() -> bool:
    connection = session().connection()
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    return connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_only_what_need_not_last_does_not_wait_for_the_disk(own_app):
    with own_app.app_context():
        seen = []
        for lasting in (True, False, True):
            with transaction(lasting=lasting):
                seen.append(waits_for_the_disk())
        assert seen == [True, False, True]
        db.session.remove()


def test_a_line_in_a_basket_takes_few_statements_and_an_order_waits_for_the_disk(own_app):
    with own_app.app_context():
        with transaction():
            _, variant, _ = shop.make_buyable(on_hand=9)
        db.session.remove()
        said: list[str] = []

        def note_writing(connection: sa.Connection) -> None:
            if connection.get_execution_options().get("write"):
                said.append(BEGUN)

        sa.event.listen(db.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        sa.event.listen(db.engine, "begin", note_writing)
    browser = own_app.test_client()

    def put() -> tuple[int, int]:
        """How many statements come before the transaction that writes, and how many in it."""
        said.clear()
        assert browser.post("/gio-hang/mon", data={"variant": variant.id, "quantity": 2}).status_code == 303
        begun = said.index(BEGUN)
        return begun, len(said[begun + 1 :])

    before, within = put()
    assert before <= 4
    assert within == 2  # a new basket and its line
    assert put()[1] == 4  # the basket looked for, its lines, the line, the basket's time
    assert "Giỏ hàng" in browser.get("/gio-hang").text
