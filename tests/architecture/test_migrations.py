"""One history, equal to the models, up and down on both engines."""

import enum

import alembic.autogenerate
import flask_migrate
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storefront import schema
from storefront.accounts.models import User
from storefront.catalogue.models import Listing
from storefront.database import PublicVersion, db, transaction
from tests.factories import shop


def test_there_is_one_head(migrated_app):
    assert len(ScriptDirectory("migrations").get_heads()) == 1


def test_models_equal_migrations(migrated_app):
    with migrated_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert alembic.autogenerate.compare_metadata(context, schema.metadata) == []


def test_every_enum_member_fits_its_column(db_session):
    """Autogenerate does not see a new member or a changed CHECK; the database does."""
    dialect = db_session.connection().dialect.name
    inspector = sa.inspect(db_session.connection())
    for table in schema.metadata.sorted_tables:
        checks = " ".join(check["sqltext"] for check in inspector.get_check_constraints(table.name))
        for column in table.columns:
            kind = getattr(column.type, "enum_class", None)
            if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
                for member in kind:
                    assert f"'{member.value}'" in checks, (dialect, table.name, column.name, member)


def test_accounts_of_before_count_as_confirmed(own_app):
    with own_app.app_context():
        with transaction():
            made = shop.make_user().created_at
        db.session.remove()
        flask_migrate.downgrade(revision="0003_public_version")
        flask_migrate.upgrade()
        assert db.session.scalars(sa.select(User.confirmed_at)).all() == [made]
        db.session.remove()


def test_what_is_written_outlives_the_english_columns(own_app):
    with own_app.app_context():
        with transaction():
            written = shop.make_buyable()[0].description
        db.session.remove()
        flask_migrate.downgrade(revision="0004_confirmed_accounts")
        flask_migrate.upgrade()
        kept = sa.select(Listing.description, Listing.description_en)
        assert db.session.execute(kept).all() == [(written, None)]
        db.session.remove()


def test_the_register_counts_as_changed_with_the_last_of_all(own_app):
    with own_app.app_context():
        with transaction():
            shop.make_buyable()
        with transaction():
            db.session.scalars(sa.select(Listing)).one().description = "Khác."
        both = sa.select(PublicVersion.number, PublicVersion.register)
        (before,) = db.session.execute(both).all()
        assert before.number > before.register > 0
        db.session.remove()
        flask_migrate.downgrade(revision="0008_restock_requests")
        held = sa.inspect(db.engine)
        assert [one["name"] for one in held.get_columns("public_version")] == ["id", "number"]
        assert "ix_certificates_valid_from_id" not in [
            one["name"] for one in held.get_indexes("certificates")
        ]
        flask_migrate.upgrade()
        assert db.session.execute(both).all() == [(before.number, before.number)]
        db.session.remove()


def test_down_and_up_again_with_things_in_the_tables(own_app):
    with own_app.app_context():
        with transaction():
            shop.make_buyable()
        db.session.remove()
        flask_migrate.downgrade(revision="base")
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        flask_migrate.upgrade()
        assert set(schema.metadata.tables) <= set(sa.inspect(db.engine).get_table_names())
