"""Signing in and out, opening an account, and forgotten passwords."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from storefront import clock
from storefront.accounts import service as accounts
from storefront.accounts.errors import ResetNotFound, WrongSignIn
from storefront.accounts.models import User
from storefront.database import transaction
from storefront.journeys import open_account
from storefront.journeys import sign_in as sign_in_journey
from storefront.journeys.sign_in import SignedIn
from storefront.web import basket, guards, links, login, names, targets, tries
from storefront.web.i18n import _, counted, language
from storefront.web.shop import sign_in_forms as forms

MOST_NAMED = 5


def register(bp: Blueprint) -> None:
    """Add the pages."""
    both = ["GET", "POST"]
    bp.add_url_rule("/dang-nhap", "sign_in", sign_in, methods=both)
    bp.add_url_rule("/dang-xuat", "sign_out", sign_out, methods=["POST"])
    bp.add_url_rule("/dang-ky", "open_account", open_by_phone, methods=both)
    bp.add_url_rule("/dang-ky/e-mail", "open_account_by_email", open_by_email, methods=both)
    bp.add_url_rule("/quen-mat-khau", "forgotten", forgotten, methods=both)
    bp.add_url_rule("/mat-khau-moi/<token>", "new_password", new_password, methods=both)


@guards.personal
def sign_in() -> Any:
    """Sign in by phone or e-mail, and go on to where one wanted to go."""
    user = login.current()
    if request.method == "GET" and user is not None:
        return redirect(_next(user), code=303)
    form = forms.SignIn(request.form, tiep=request.args.get("tiep", ""))
    if request.method == "GET":
        return _sign_in_page(form, 200)
    if not form.validate():
        return _sign_in_page(form, 422)
    tried = tries.count(tries.SIGN_IN, form.typed.data or "")
    try:
        done = _sign_in(form.typed.data or "", form.password.data or "")
    except WrongSignIn:
        return _sign_in_page(form, 422, wrong=True)
    tries.was_right(tried)
    return redirect(_next(done.opened.user), code=303)


@guards.personal
def sign_out() -> Any:
    """End the session; the browser forgets its cookies and what it kept of our pages."""
    with transaction():
        accounts.sign_out(token=_session_token())
    login.signed_out()
    login.set_cookie(basket.COOKIE, "")
    login.show(count=0, name="")
    response = redirect(url_for("shop.home"), code=303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@guards.personal
def open_by_phone() -> Any:
    """Open an account for a phone number; the answer is the same for a number that has one."""
    form = forms.ByPhone(request.form)
    if request.method == "GET":
        return _open_page("phone", form, 200)
    if not form.validate():
        return _open_page("phone", form, 422)
    tries.count(tries.OPEN_ACCOUNT, form.phone.data or "")
    with transaction():
        open_account.by_phone(
            name=form.name.data or "",
            phone=form.e164(),
            password=form.password.data or "",
            language=language(),
            now=clock.now(),
        )
    flash(_("Đã nhận. Mời đăng nhập bằng số điện thoại và mật khẩu của bạn."), "good")
    return redirect(url_for("shop.sign_in"), code=303)


@guards.personal
def open_by_email() -> Any:
    """Open an account for an e-mail address, by a letter to it; the answer is the same for one that has one."""
    if not current_app.config["SETTINGS"].offers_mail:
        guards.not_found()
    form = forms.ByEmail(request.form)
    if request.method == "GET":
        return _open_page("email", form, 200)
    if not form.validate():
        return _open_page("email", form, 422)
    tries.count(tries.OPEN_ACCOUNT, form.email.data or "")
    with transaction():
        open_account.by_email(
            name=form.name.data or "",
            email=form.email.data or "",
            post=links.post(),
            language=language(),
            now=clock.now(),
        )
    return render_template("shop/sign_in/letter_sent.html", email=form.email.data, opening=True)


@guards.personal
def forgotten() -> Any:
    """Ask for a letter with a link that sets a new password; who has only a phone is told to call us."""
    form = forms.Forgotten(request.form)
    if request.method == "GET":
        return render_template("shop/sign_in/forgotten.html", form=form)
    if not current_app.config["SETTINGS"].offers_mail:
        guards.not_found()
    if not form.validate():
        return render_template("shop/sign_in/forgotten.html", form=form), 422
    tries.count(tries.FORGOTTEN, form.email.data or "")
    with transaction():
        open_account.forgotten(email=form.email.data or "", post=links.post(), now=clock.now())
    return render_template("shop/sign_in/letter_sent.html", email=form.email.data, opening=False)


@guards.personal
def new_password(token: str) -> Any:
    """Set a new password by the link from a letter or from staff; all sessions of the person end."""
    form = forms.NewPassword(request.form)
    if not accounts.reset_is_open(token=token, now=clock.now()):
        return render_template("shop/sign_in/link_gone.html"), 410
    if request.method == "GET":
        return render_template("shop/sign_in/new_password.html", form=form, token=token)
    if not form.validate():
        return render_template("shop/sign_in/new_password.html", form=form, token=token), 422
    try:
        with transaction():
            accounts.finish_reset(token=token, password=form.password.data or "", now=clock.now())
    except ResetNotFound:
        return render_template("shop/sign_in/link_gone.html"), 410
    flash(_("Đã đặt mật khẩu mới. Mời đăng nhập."), "good")
    return redirect(url_for("shop.sign_in"), code=303)


def _sign_in(typed: str, password: str) -> SignedIn:
    done = sign_in_journey.run(
        typed=typed,
        password=password,
        session_token=_session_token(),
        basket_token=basket.token(),
        now=clock.now(),
    )
    login.signed_in(done.opened.user, done.opened.token, done.opened.expires_at)
    if basket.token():
        login.set_cookie(basket.COOKIE, "")
    basket.show_in_header()
    if done.merged:
        flash(_moved(done), "good")
    if done.left_out:
        flash(counted("%(num)s món không chuyển được vì giỏ đã đầy.", done.left_out), "warn")
    return done


def _moved(done: SignedIn) -> str:
    """What came from the guest's basket, by name; of many the first few."""
    found = [f"{listing.name} {names.plain_pack(variant.label)}" for listing, variant in done.merged]
    told = ", ".join(found[:MOST_NAMED])
    if len(found) > MOST_NAMED:
        more = len(found) - MOST_NAMED
        return counted("Đã chuyển vào giỏ của tài khoản: %(names)s và %(num)s món nữa.", more, names=told)
    return _("Đã chuyển vào giỏ của tài khoản: %(names)s.", names=told)


def _session_token() -> str:
    return request.cookies.get(login.SESSION_COOKIE, "")[:200]


def _next(user: User) -> str:
    usual = url_for("staff.desk") if user.is_staff else url_for("shop.account")
    return targets.local_path(request.values.get("tiep"), usual)


def _sign_in_page(form: forms.SignIn, status: int, wrong: bool = False) -> tuple[str, int]:
    return render_template("shop/sign_in/sign_in.html", form=form, wrong=wrong), status


def _open_page(way: str, form: forms.ByPhone | forms.ByEmail, status: int) -> tuple[str, int]:
    return render_template(f"shop/sign_in/open_by_{way}.html", form=form), status
