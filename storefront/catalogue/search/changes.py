"""Notes which listings a transaction changes, and gives them the new public version as their `revision` at its end.

Whatever goes through the session is seen: rows of the unit of work one by one; a statement over many rows marks all
listings, unless whoever runs it says which (`touch`).
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from storefront import database
from storefront.catalogue.models import Listing, Variant
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.database import in_pieces, session
from storefront.producers.models import Producer

_KEY = "changed_listings"
_WATCHED = {model.__tablename__ for model in (Listing, Variant, Certificate, RegisteredProduct, Producer)}
QUIET = "touches_known"
"""Execution option of a statement whose listings are told by `touch`."""


@dataclass
class _Changed:
    everything: bool = False
    listings: set[int] = field(default_factory=set)
    products: set[int] = field(default_factory=set)
    producers: set[int] = field(default_factory=set)


def touch(listing_ids: Collection[int]) -> None:
    """These listings are found or shown otherwise from now on."""
    if listing_ids and "after_commit" in session().info:
        _changed(session()).listings.update(listing_ids)


def _changed(current: Session) -> _Changed:
    """What this transaction changed so far."""
    opened = current.info["after_commit"]
    noted: tuple[object, _Changed] | None = current.info.get(_KEY)
    if noted is None or noted[0] is not opened:
        noted = current.info[_KEY] = (opened, _Changed())
        database.before_commit(functools.partial(_write, noted[1]), first=functools.partial(_lock, noted[1]))
    return noted[1]


@event.listens_for(Session, "after_flush")
def _note_rows(current: Session, _context: Any) -> None:
    if "after_commit" not in current.info:
        return
    for one in (*current.new, *current.deleted, *(row for row in current.dirty if current.is_modified(row))):
        if isinstance(one, Listing):
            _changed(current).listings.add(one.id)
        elif isinstance(one, Variant):
            _changed(current).listings.add(one.listing_id)
        elif isinstance(one, Certificate):
            _changed(current).products.add(one.product_id)
        elif isinstance(one, RegisteredProduct):
            _changed(current).products.add(one.id)
        elif isinstance(one, Producer):
            _changed(current).producers.add(one.id)


@event.listens_for(Session, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    if state.is_select or state.execution_options.get(QUIET) or "after_commit" not in state.session.info:
        return
    table = getattr(state.statement, "table", None)
    if table is not None and table.name in _WATCHED:
        _changed(state.session).everything = True


def _lock(changed: _Changed) -> None:
    for which in _rows(changed):
        session().execute(
            sa.select(Listing.id).where(which).order_by(Listing.id).with_for_update(key_share=True)
        )


def _write(changed: _Changed, version: int) -> None:
    for which in _rows(changed):
        session().execute(
            sa.update(Listing).where(which).values(revision=version),
            execution_options={QUIET: True, "synchronize_session": False},
        )


def _rows(changed: _Changed) -> Iterator[sa.ColumnElement[bool]]:
    if changed.everything:
        yield sa.true()
        return
    for column, ids in (
        (Listing.id, changed.listings),
        (Listing.product_id, changed.products),
        (Listing.producer_id, changed.producers),
    ):
        for piece in in_pieces(ids):
            yield column.in_(piece)
