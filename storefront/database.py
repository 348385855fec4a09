"""The database: base model, column types, and one way to write.

Services flush; the edge (a view, a command, the worker) opens `transaction()` around one call. Both engines, SQLite
and PostgreSQL, go through here and pass the same tests.
"""

from __future__ import annotations

import enum
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry

from storefront.money import Vnd

T = TypeVar("T")
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines (SQLite hands back naive ones); a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def stored_enum(kind: type[enum.StrEnum], name: str) -> sa.Enum:
    """The column type of an enum, its CHECK named after the column (needed where a table has two of one kind)."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


_whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


HIDDEN = {"shown": False}
"""`mapped_column(info=HIDDEN)`: a column of a shown table that no public page depends on."""


class Model(DeclarativeBase):
    """Base of every table. Each says whether public pages show it: a change of one that is raises `public_version`.

    A change of one that is part of the register of certificates raises `register_version` too.
    """

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES),
        type_annotation_map={
            int: _whole,
            Vnd: sa.BigInteger(),
            datetime: UtcDateTime(),
            str: sa.Text(),
            enum.StrEnum: sa.Enum(
                enum.StrEnum,
                native_enum=False,
                create_constraint=True,
                length=32,
                values_callable=lambda members: [member.value for member in members],
            ),
        },
    )

    def __init_subclass__(cls, *, shown: bool, of_register: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.metadata.tables[cls.__tablename__].info.update(shown=shown, of_register=of_register)


class PublicVersion(Model, shown=False):
    """One row: how often something that public pages show was changed."""

    __tablename__ = "public_version"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    register: Mapped[int] = mapped_column(server_default="0")
    """The number at which the register last changed."""


_NUMBERS = Model.metadata.tables["public_version"]
_VERSION = sa.select(_NUMBERS.c.number)
_REGISTER_VERSION = sa.select(_NUMBERS.c.register)
_RAISE = sa.update(_NUMBERS).values(number=_NUMBERS.c.number + 1).returning(_NUMBERS.c.number)
_RAISE_BOTH = _RAISE.values(register=_NUMBERS.c.number + 1)
_READING = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|SET|SHOW|EXPLAIN|BEGIN)\b", re.IGNORECASE
)

db = SQLAlchemy(model_class=Model, disable_autonaming=True, session_options={"expire_on_commit": False})


def session() -> Session:
    """The session of this request, command or test."""
    return db.session()


def bound_engine() -> Engine:
    """The engine of the database the session talks to: one database, one engine."""
    return db.engine.engine


class DirtySession(RuntimeError):
    """Something was changed outside `transaction()`: a bug, never shown to a visitor."""


_writing = threading.RLock()
"""Of this process, one writer at a time on SQLite: waiting here is in turn, waiting for the file is by trying again."""


@contextmanager
def transaction(*, lasting: bool = True) -> Iterator[Session]:
    """Write: everything inside is committed together, or nothing on any exception.

    What is not `lasting` may be gone after a power failure, whole and consistent as ever: a line in a basket is not
    worth waiting for the disk.

    The read transaction before it is ended first, and on SQLite the write lock is taken at once (a reader that turns
    into a writer would lose against another writer). What decides is therefore read again inside.

    :raises DirtySession: when there are unflushed changes from outside.
    """
    current = session()
    if current.new or current.dirty or current.deleted:
        raise DirtySession("changes were made outside transaction()")
    current.commit()
    with _writing if current.get_bind().dialect.name == "sqlite" else nullcontext():
        yield from _written(current, lasting)


def _written(current: Session, lasting: bool) -> Iterator[Session]:
    of_connection = current.connection(execution_options={"write": True, "lasting": lasting}).info
    changes = of_connection["changes"] = _Changes()
    waiting: list[Callable[[], None]] = []
    current.info |= {"after_commit": waiting, "changes": changes}
    try:
        try:
            yield current
            current.flush()
            _raise_public_version(current, changes)
        finally:
            del of_connection["changes"]  # before the connection may be somebody else's
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        del current.info["after_commit"], current.info["changes"]
    for act in waiting:
        act()


@dataclass
class _Changes:
    """What the transaction now open owes to public pages."""

    shown: bool = False
    of_register: bool = False
    firsts: list[Callable[[], None]] = field(default_factory=list)
    acts: list[Callable[[int], None]] = field(default_factory=list)


def before_commit(act: Callable[[int], None], *, first: Callable[[], None] | None = None) -> None:
    """Raise the public version as the last thing of the transaction now open, and run `act` with the new number.

    The row stays locked to the end, so that versions are committed in their order. `first` runs before it is: whoever
    changes rows in `act` locks them there, or two transactions could wait for each other.
    """
    changes: _Changes = session().info["changes"]
    changes.acts.append(act)
    if first is not None:
        changes.firsts.append(first)


_seen: ContextVar[int | None] = ContextVar("public_version", default=None)


@contextmanager
def at_version(number: int | None) -> Iterator[None]:
    """Take the public version to be this one, which was just read beside the session; None: read it by the session.

    For a request that only reads: whatever it reads is at least as new as that.
    """
    before = _seen.set(number)
    try:
        yield
    finally:
        _seen.reset(before)


def public_version() -> int:
    """The version of what public pages show; every committed change of it is a higher one."""
    seen = _seen.get()
    if seen is not None:
        return seen
    number: int = session().connection().execute(_VERSION).scalar_one()
    return number


def register_version() -> int:
    """The public version at which the register of certificates last changed."""
    number: int = session().connection().execute(_REGISTER_VERSION).scalar_one()
    return number


def _raise_public_version(current: Session, changes: _Changes) -> None:
    if not (changes.shown or changes.acts):
        return
    for first in changes.firsts:
        first()
    number = current.connection().execute(_RAISE_BOTH if changes.of_register else _RAISE).scalar_one()
    for act in changes.acts:
        act(number)


@event.listens_for(Engine, "before_cursor_execute")
def _note_change(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    """See whether a statement of the transaction now open, by the ORM or not, changes what public pages show."""
    changes: _Changes | None = connection.info.get("changes")
    if changes is None or changes.of_register:
        return
    compiled = context.compiled
    if compiled is None or isinstance(compiled.statement, sa.TextClause):
        # a text does not say what it changes
        changes.of_register = _READING.match(statement) is None
        changes.shown |= changes.of_register
    elif context.isinsert or context.isupdate or context.isdelete:
        table: sa.Table = compiled.statement.table
        changes.of_register = table.info["of_register"]
        changes.shown = changes.shown or is_shown(compiled.statement, compiled.column_keys or ())


def is_shown(statement: Any, keys: Collection[str]) -> bool:
    """Whether an INSERT, UPDATE or DELETE with these parameters changes what public pages show."""
    table: sa.Table = statement.table
    if not table.info["shown"]:
        return False
    if not isinstance(statement, sa.Update):
        return True
    named = [column if isinstance(column, str) else column.key for column in statement._values or ()]
    written = [table.c[key] for key in {*named, *keys} if key in table.c]
    return not written or any(column.info.get("shown", True) for column in written)


def after_commit(act: Callable[[], None]) -> None:
    """Run `act` once the transaction now open has been committed; a rolled-back one never runs it."""
    session().info["after_commit"].append(act)


def in_pieces(ids: Iterable[int], most: int = 500) -> Iterator[list[int]]:
    """Those ids in their order, so many at once: a statement takes only so many parameters."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]


def end_read() -> None:
    """Give the connection back between two steps of a long-lived process (worker, tests); nothing is written."""
    session().rollback()


def violated(error: sa.exc.IntegrityError) -> str:
    """What the database said of a violated constraint: its name on PostgreSQL, the columns on SQLite."""
    diag = getattr(error.orig, "diag", None)
    return str(getattr(diag, "constraint_name", None) or error.orig)
