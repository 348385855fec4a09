"""Several threads of a process ask while another process commits."""

import threading

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.catalogue.search import engine, live
from storefront.catalogue.search.engine import Asked
from storefront.database import db, end_read, transaction
from tests.conftest import make_app
from tests.factories import shop

ROUNDS = 30


@pytest.fixture
def own_app(request, tmp_path, migrated_app):
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    if "postgresql" in migrated_app.config["SQLALCHEMY_DATABASE_URI"]:
        url = request.getfixturevalue("own_postgres_url")
    app = make_app(url, tmp_path)
    live.forget()
    with app.app_context():
        with transaction():
            for number in range(20):
                shop.make_listing(product_name=f"Mật ong Số {number}")
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()
    live.forget()


def test_threads_see_what_another_process_commits_and_never_half_of_it(own_app):
    wrong: list[object] = []
    done = threading.Event()

    def ask():
        try:
            while not done.is_set():
                with own_app.app_context():
                    with live.current() as index:
                        answer = engine.ask(index, Asked(question="mật ong"), clock.today())
                    if answer.total not in (0, 20) or len(answer.cards) != answer.total:
                        wrong.append(answer.total)
                    end_read()
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    with own_app.app_context():
        elsewhere = sa.create_engine(db.engine.url)
        for round_number in range(ROUNDS):
            with elsewhere.begin() as connection:
                connection.execute(sa.text("UPDATE public_version SET number = number + 1"))
                connection.execute(
                    sa.text(
                        "UPDATE listings SET is_published = :shown, revision = (SELECT number FROM public_version)"
                    ),
                    {"shown": bool(round_number % 2)},
                )
        elsewhere.dispose()
    done.set()
    for thread in threads:
        thread.join(timeout=20)
    assert wrong == []
    with own_app.app_context(), live.current() as index:
        assert len(index) == 20
