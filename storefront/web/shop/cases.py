"""Complaints, reports of suspicious goods, requests about personal data: forms that open a case, and a case followed.

The forms are the same for everybody. Which case a browser may read stands in its signed cookie, for an hour, after the
number and the contact were given.
"""

from __future__ import annotations

from typing import Any

import flask
from flask import Blueprint, redirect, render_template, request, url_for

from storefront import clock, languages, limits, text
from storefront.cases import service as case_service
from storefront.cases.models import Case
from storefront.database import transaction
from storefront.journeys import handle_case
from storefront.web import case_words, guards, page_cache
from storefront.web.i18n import _, counted, lazy
from storefront.web.shop import cases_forms as forms

HOUR = 3600
MOST_OPENED = 10
MOST_TRIES = 20
FORMS: dict[str, tuple[str, type[forms.CaseForm]]] = {
    "complaint": ("/khieu-nai", forms.ComplaintForm),
    "suspicion": ("/bao-dang-ngo", forms.SuspicionForm),
    "data_request": ("/yeu-cau-du-lieu", forms.DataRequestForm),
}
UNKNOWN = lazy("Không có hồ sơ nào khớp số và liên lạc này.")


def register(bp: Blueprint) -> None:
    """Add the pages."""
    for name, (path, _form) in FORMS.items():
        bp.add_url_rule(path, name, ask, defaults={"name": name})
        bp.add_url_rule(path, f"send_{name}", send, defaults={"name": name}, methods=["POST"])
    bp.add_url_rule("/ho-so", "cases", enter)
    bp.add_url_rule("/ho-so", "follow_case", follow, methods=["POST"])
    bp.add_url_rule("/ho-so/xem", "case", show)
    bp.add_url_rule("/ho-so/xem", "write_on_case", write_on, methods=["POST"])


@guards.public
@page_cache.kept("ma")
def ask(name: str) -> str:
    """An empty form; `?ma=` names the order or lot it is about."""
    form = FORMS[name][1]()
    form.reference.data = text.clean_line(request.args.get("ma", ""), 60)
    return _form_page(name, form)


@guards.personal
def send(name: str) -> Any:
    """Open the case and show its number."""
    form = FORMS[name][1](request.form)
    if not form.validate():
        return _form_page(name, form), 422
    try:
        _count("case-open", MOST_OPENED)
    except limits.TooMany as error:
        form.form_errors.append(_too_many(error))
        return _form_page(name, form), 429, {"Retry-After": str(error.retry_after)}
    with transaction():
        case = handle_case.open_case(form.words(), mail_domain=case_words.mail_domain(), now=clock.now())
    flask.session["case_opened"] = case.code
    return redirect(url_for("shop.cases"), code=303)


@guards.personal
def enter() -> str:
    """Number and contact, to follow a case; the number of one just opened is shown."""
    form = forms.FollowForm()
    opened = _case(flask.session.get("case_opened", ""))
    if opened:
        form.code.data = opened.code
    return _follow_page(form, opened)


@guards.personal
def follow() -> Any:
    """Let this browser read the case, if number and contact belong together."""
    form = forms.FollowForm(request.form)
    if not form.validate():
        return _follow_page(form, None), 422
    try:
        _count("case-follow", MOST_TRIES)
        code, given = form.canonical()
        case = case_service.of_contact(code=code, contact=given)
    except limits.TooMany as error:
        form.form_errors.append(_too_many(error))
        return _follow_page(form, None), 429, {"Retry-After": str(error.retry_after)}
    except case_service.CaseNotFound:
        form.form_errors.append(str(UNKNOWN))
        return _follow_page(form, None), 422
    flask.session.pop("case_opened", None)
    flask.session["case"] = [case.code, int(clock.now().timestamp())]
    return redirect(url_for("shop.case"), code=303)


@guards.personal
def show() -> Any:
    """Where the case stands and what was answered."""
    case = _followed()
    return redirect(url_for("shop.cases"), code=303) if case is None else _case_page(case, forms.MoreForm())


@guards.personal
def write_on() -> Any:
    """Add to the case; it waits for an answer again."""
    followed = _followed()
    if followed is None:
        return redirect(url_for("shop.cases"), code=303)
    form = forms.MoreForm(request.form)
    if not form.validate():
        return _case_page(followed, form), 422
    _count("case-open", MOST_OPENED)
    with transaction():
        case = case_service.by_code(followed.code)
        case_service.write_on(case=case, words=form.text.data or "", now=clock.now())
    flask.flash(_("Đã thêm vào hồ sơ."))
    return redirect(url_for("shop.case"), code=303)


def _count(bucket: str, most: int) -> None:
    with transaction():
        subject = limits.network_of(request.remote_addr)
        limits.hit(bucket=bucket, subject=subject, most=most, seconds=HOUR, now=clock.now())


def _too_many(error: limits.TooMany) -> str:
    minutes = -(-error.retry_after // 60)
    return counted(
        "Từ mạng này đã gửi nhiều lần quá. Chờ %(num)s phút rồi thử lại; chữ bạn gõ vẫn còn đây.", minutes
    )


def _case(code: object) -> Case | None:
    try:
        return case_service.by_code(str(code)) if code else None
    except case_service.CaseNotFound:
        return None


def _followed() -> Case | None:
    kept = flask.session.get("case")
    if not kept or abs(clock.now().timestamp() - kept[1]) > HOUR:
        flask.session.pop("case", None)
        return None
    return _case(kept[0])


def _form_page(name: str, form: forms.CaseForm) -> str:
    return render_template(f"shop/cases/{name}.html", form=form, path=languages.at(FORMS[name][0]))


def _follow_page(form: forms.FollowForm, opened: Case | None) -> str:
    return render_template("shop/cases/cases.html", form=form, opened=opened)


def _case_page(case: Case, form: forms.MoreForm) -> str:
    return render_template(
        "shop/cases/case.html",
        case=case,
        topic=case_words.topic(case),
        messages=[(message, None) for message in case_service.public_messages(case.id)],
        form=form,
    )
