"""Tables of people and their sessions."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.access import STAFF, Role
from storefront.database import Model
from storefront.languages import VIETNAMESE


class User(Model, shown=False):
    """A person with an account: a shopper, or one of the staff. Signs in by phone or e-mail."""

    __tablename__ = "users"
    __table_args__ = (sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="reachable"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str | None] = mapped_column(unique=True)
    """E.164, `+84912345678`."""
    email: Mapped[str | None] = mapped_column(unique=True)
    """Lower case."""
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[Role]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When a password was set by whom the account is for; empty while the letter of a sign-up waits to be read."""

    language: Mapped[str] = mapped_column(default=VIETNAMESE, server_default=VIETNAMESE)
    """What it was opened in, and its letters are written in: `vi` or `en`."""

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


class SignedInSession(Model, shown=False):
    """One signed-in browser: a row made at sign-in and gone at sign-out; only the hash of its token is kept."""

    __tablename__ = "signed_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class PasswordReset(Model, shown=False):
    """A link that sets a new password once; only the hash of its token is kept."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    """The staff member who gave it out after a check; empty when asked for by e-mail."""


class Address(Model, shown=False):
    """A delivery address a shopper saved."""

    __tablename__ = "addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    phone: Mapped[str]
    commune_code: Mapped[str]
    commune_name: Mapped[str]
    province_name: Mapped[str]
    street: Mapped[str]
    created_at: Mapped[datetime]
