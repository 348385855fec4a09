"""What is kept about a person here, and its end. Other rooms' part is the journey `erase_person`."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storefront.accounts.models import SignedInSession, User
from storefront.database import Model, session


def lock(user_id: int) -> None:
    """Hold the account's row, so that nothing new is written for it while it is being erased."""
    session().execute(sa.select(User.id).where(User.id == user_id).with_for_update())


def sessions(user_id: int, now: datetime) -> list[SignedInSession]:
    """Signed-in sessions that still stand, newest first."""
    found = sa.select(SignedInSession).where(
        SignedInSession.user_id == user_id, SignedInSession.expires_at > now
    )
    return list(session().scalars(found.order_by(SignedInSession.id.desc())))


def forget(user_id: int) -> None:
    """Delete the account; addresses, sessions, password links and basket go with it.

    History that names who did something (order events, stock movements) stays, without the name.
    """
    for table in Model.metadata.tables.values():
        for key in table.foreign_keys:
            if key.references(User.__table__) and key.ondelete is None and key.parent.nullable:  # type: ignore[arg-type]
                session().execute(sa.update(table).where(key.parent == user_id).values({key.parent: None}))
    session().execute(sa.delete(User).where(User.id == user_id))
