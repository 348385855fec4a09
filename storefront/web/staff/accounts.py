"""Help for a shopper who cannot sign in: a link that sets a new password, given out after a check."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from storefront import clock, languages
from storefront.access import Permission
from storefront.accounts import service as accounts
from storefront.accounts.models import User
from storefront.database import transaction
from storefront.web import guards, links
from storefront.web.staff import accounts_forms as forms
from storefront.web.staff import rail


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/tai-khoan", "accounts", find)
    bp.add_url_rule("/tai-khoan/<id:user_id>/lien-ket", "account_link", give_link, methods=["POST"])


@guards.requires(Permission.ACCOUNTS_HELP)
def find() -> Any:
    """Find a shopper's account by the whole phone number or e-mail; there is no list of people."""
    form = forms.Find(request.args)
    if not form.validate():
        return _page(form, None, 422)
    typed = form.tim.data or ""
    found = accounts.find(typed) if typed else None
    return _page(form, None if found is None or found.is_staff else found, 200)


@guards.requires(Permission.ACCOUNTS_HELP)
def give_link(user_id: int) -> Any:
    """Make the link, shown in this answer alone; it works once, for two hours, and ends earlier ones."""
    shopper = accounts.shopper(user_id)
    checked = forms.Checked(request.form)
    if not checked.validate():
        return _page(forms.Find(tim=shopper.phone or shopper.email), shopper, 422, checked)
    with transaction():
        token = accounts.start_reset(user=shopper, made_by_id=guards.me().id, now=clock.now())
    with languages.speaking(shopper.language):
        link = links.new_password(token)
    return render_template(
        "staff/accounts/link.html",
        **rail.frame("tai-khoan"),
        shopper=shopper,
        link=link,
    )


def _page(
    form: forms.Find, shopper: User | None, status: int, checked: forms.Checked | None = None
) -> tuple[str, int]:
    page = render_template(
        "staff/accounts/find.html",
        **rail.frame("tai-khoan"),
        form=form,
        shopper=shopper,
        checked=checked or forms.Checked(),
    )
    return page, status
