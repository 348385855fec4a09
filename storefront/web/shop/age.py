"""The statement to be 18 or over, without which alcohol is not shown (Law on alcohol harm 2019, Điều 12)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for

from storefront import clock
from storefront.web import age, guards, login, targets

KEPT = timedelta(days=30)


def register(bp: Blueprint) -> None:
    """Add the address."""
    bp.add_url_rule("/tuoi", "state_age", state_age, methods=["POST"])


@guards.personal
def state_age() -> Any:
    """Remember (or take back) the statement and go on to the page it was made for."""
    if request.form.get("tuoi") == "18":
        login.set_cookie(age.COOKIE, age.STATED, expires=clock.now() + KEPT)
    else:
        login.set_cookie(age.COOKIE, "")
    return redirect(targets.local_path(request.form.get("tiep"), url_for("shop.home")), code=303)
