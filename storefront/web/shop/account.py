"""The pages of an account: orders, addresses, name and password, one's data, and the end of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for

from storefront import clock
from storefront.accounts import service as accounts
from storefront.accounts.errors import WrongSignIn
from storefront.database import transaction
from storefront.journeys import erase_person, tell_person
from storefront.journeys.erase_person import OrdersUnderWay
from storefront.orders import queries as orders
from storefront.web import basket, guards, login, tries
from storefront.web.i18n import _
from storefront.web.shop import account_forms as forms


def register(bp: Blueprint) -> None:
    """Add the pages."""
    post = ["POST"]
    bp.add_url_rule("/tai-khoan", "account", account)
    bp.add_url_rule("/tai-khoan/cai-dat", "account_settings", settings)
    bp.add_url_rule("/tai-khoan/ten", "account_name", change_name, methods=post)
    bp.add_url_rule("/tai-khoan/mat-khau", "account_password", change_password, methods=post)
    path = "/tai-khoan/dia-chi/<id:address_id>/xoa"
    bp.add_url_rule(path, "account_address_delete", delete_address, methods=post)
    bp.add_url_rule("/tai-khoan/du-lieu.json", "account_data", data)
    bp.add_url_rule("/tai-khoan/xoa", "account_erase", erase, methods=["GET", "POST"])


@guards.signed_in
def account() -> str:
    """Orders and saved addresses."""
    me = guards.me()
    return render_template(
        "shop/account/account.html",
        me=me,
        groups=orders.groups_of_user(me.id),
        addresses=accounts.addresses(me.id),
    )


@guards.signed_in
def settings() -> Any:
    """Name and password."""
    return _settings(forms.Name(name=guards.me().name), forms.Password(), 200)


@guards.signed_in
def change_name() -> Any:
    """Change how the shop calls the person."""
    form = forms.Name(request.form)
    if not form.validate():
        return _settings(form, forms.Password(), 422)
    with transaction():
        accounts.rename(user=guards.me(), name=form.name.data or "")
    basket.show_in_header()
    flash(_("Đã đổi tên."), "good")
    return redirect(url_for("shop.account_settings"), code=303)


@guards.signed_in
def change_password() -> Any:
    """Change the password: the present one is asked for, every session ends, this browser gets a new one."""
    form = forms.Password(request.form)
    if not form.validate() or not _is_mine(form):
        return _settings(forms.Name(name=guards.me().name), form, 422)
    me = guards.me()
    with transaction():
        accounts.set_password(user=me, password=form.password.data or "")
        opened = accounts.open_session(user=me, now=clock.now())
    login.signed_in(me, opened.token, opened.expires_at)
    flash(_("Đã đổi mật khẩu. Các máy khác đã được đăng xuất."), "good")
    return redirect(url_for("shop.account_settings"), code=303)


@guards.signed_in
def delete_address(address_id: int) -> Any:
    """Delete one of one's own addresses."""
    with transaction():
        accounts.delete_address(user_id=guards.me().id, address_id=address_id)
    flash(_("Đã xoá địa chỉ."), "good")
    return redirect(url_for("shop.account"), code=303)


@guards.signed_in
def data() -> Response:
    """Everything kept about the person, as a file a machine can read."""
    told = tell_person.run(user=guards.me(), now=clock.now())
    response = Response(
        current_app.json.dumps(told, indent=2, sort_keys=False, ensure_ascii=False),
        mimetype="application/json",
    )
    response.headers["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    return response


@guards.signed_in
def erase() -> Any:
    """Say what goes and what stays, ask for the password, and erase."""
    me = guards.me()
    form = forms.Erase(request.form)
    if me.is_staff:
        guards.not_found()
    if request.method == "GET":
        return _erase_page(form, 200)
    if not form.validate() or not _is_mine(form):
        return _erase_page(form, 422)
    try:
        with transaction():
            erase_person.run(user=me, now=clock.now())
    except OrdersUnderWay:
        return _erase_page(form, 409)
    login.signed_out()
    login.show(count=0, name="")
    return render_template("shop/account/erased.html")


def _is_mine(form: forms.Password | forms.Erase) -> bool:
    """Whether the password is the signed-in person's; if not, the form says so."""
    me = guards.me()
    name = me.phone or me.email or ""
    tried = tries.count(tries.PASSWORD_AGAIN, name)
    try:
        accounts.recognise(typed=name, password=form.present.data or "")
    except WrongSignIn:
        form.present.errors = [_("Mật khẩu này chưa đúng.")]
        return False
    tries.was_right(tried)
    return True


def _settings(name_form: forms.Name, password_form: forms.Password, status: int) -> tuple[str, int]:
    page = render_template(
        "shop/account/settings.html", me=guards.me(), name_form=name_form, password_form=password_form
    )
    return page, status


def _erase_page(form: forms.Erase, status: int) -> tuple[str, int]:
    codes = erase_person.codes_under_way(guards.me().id)
    return render_template("shop/account/erase.html", me=guards.me(), form=form, codes=codes), status
