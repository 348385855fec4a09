"""Cases at the counter: complaints, reports and requests about personal data, the first due on top."""

from __future__ import annotations

from typing import Any

import flask
from flask import Blueprint, redirect, render_template, request, url_for

from storefront import access, clock, codes
from storefront.access import Permission
from storefront.cases import service as case_service
from storefront.cases.models import Case, CaseKind, CaseState
from storefront.database import transaction
from storefront.journeys import erase_person, handle_case
from storefront.orders import queries as order_queries
from storefront.web import case_words, filters, guards, paging
from storefront.web.i18n import _
from storefront.web.staff import cases_forms as forms
from storefront.web.staff import rail

TABS = {"cho": CaseState.OPEN, "da-tra-loi": CaseState.ANSWERED, "da-dong": CaseState.CLOSED}
KIND_OF = {
    "khieu-nai": CaseKind.COMPLAINT,
    "dang-ngo": CaseKind.SUSPICION,
    "du-lieu": CaseKind.PERSONAL_DATA,
}


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/ho-so", "cases", cases)
    bp.add_url_rule("/ho-so/<code>", "case", case)
    bp.add_url_rule("/ho-so/<code>", "answer_case", answer, methods=["POST"])
    bp.add_url_rule("/ho-so/<code>/xoa-du-lieu", "erase_for_case", erase, methods=["POST"])


@guards.requires(Permission.CASES_ANSWER)
def cases() -> str:
    """The cases of one tab, narrowed to a kind by the address."""
    tab = request.args.get("muc", "cho")
    tab = tab if tab in TABS else "cho"
    wanted = request.args.get("loai", "")
    number = paging.wanted()
    found, total = case_service.of_state(TABS[tab], KIND_OF.get(wanted), number)

    def address(page_number: int = 1, **other: str) -> str:
        kept = {"muc": tab, "loai": wanted if wanted in KIND_OF else "", **other}
        kept = {name: value for name, value in kept.items() if value and value != "cho"}
        return url_for("staff.cases", trang=page_number if page_number > 1 else None, **kept)  # type: ignore[arg-type]

    return render_template(
        "staff/cases/cases.html",
        **rail.frame(rail.CASES),
        found=found,
        tab=tab,
        tabs=TABS,
        kind=KIND_OF.get(wanted),
        kinds=KIND_OF,
        words=case_words,
        now=clock.now(),
        page=paging.of(number, total, case_service.PAGE_SIZE),
        address=address,
    )


@guards.requires(Permission.CASES_ANSWER)
def case(code: str) -> str:
    """One case: what was written, what was answered, what can be done."""
    return _page(case_service.by_code(code), forms.AnswerForm(), forms.EraseForm())


@guards.requires(Permission.CASES_ANSWER)
def answer(code: str) -> Any:
    """Answer the person or note something down; refused when somebody else wrote in between."""
    shown = case_service.by_code(code)
    form = forms.AnswerForm(request.form)
    if not form.validate():
        return _page(shown, form, forms.EraseForm()), 422
    given = handle_case.Answer(
        author_id=guards.me().id,
        words=form.text.data or "",
        is_internal=form.shown_to.data == forms.INTERNAL,
        closes=bool(form.closes.data),
    )
    with transaction():
        moved_on = form.seen.data != str(len(case_service.messages(shown.id)))
        if not moved_on:
            current = case_service.by_code(code)
            domain = case_words.mail_domain()
            handle_case.answer(case=current, given=given, mail_domain=domain, now=clock.now())
    if moved_on:
        form.form_errors.append(_("Hồ sơ vừa có thêm lời. Đọc rồi gửi lại; chữ bạn gõ vẫn còn đây."))
        return _page(shown, form, forms.EraseForm()), 409
    flask.flash(_("Đã ghi vào hồ sơ."))
    return redirect(url_for("staff.case", code=code), code=303)


@guards.requires(Permission.CASES_ANSWER)
def erase(code: str) -> Any:
    """Erase the personal data of the order a request names, and close the request with an answer that says so."""
    shown = case_service.by_code(code)
    form = forms.EraseForm(request.form)
    if not form.validate():
        return _page(shown, forms.AnswerForm(), form), 422
    try:
        with transaction():
            current = case_service.by_code(code)
            handle_case.erase_order(
                case=current, given=_erased(), mail_domain=case_words.mail_domain(), now=clock.now()
            )
    except erase_person.OrdersUnderWay:
        form.form_errors.append(_("Đơn chưa xong nên còn cần tên và địa chỉ. Xoá được sau khi đơn kết thúc."))
        return _page(shown, forms.AnswerForm(), form), 409
    flask.flash(_("Đã xoá dữ liệu cá nhân của đơn."))
    return redirect(url_for("staff.case", code=code), code=303)


def _erased() -> handle_case.Answer:
    words = _(
        "Đã xoá tên, số điện thoại, thư điện tử, địa chỉ và ghi chú của đơn này. "
        "Tên hàng, số lượng, số tiền và ngày được giữ theo luật kế toán."
    )
    return handle_case.Answer(author_id=guards.me().id, words=words, is_internal=False, closes=True)


def _reference_href(reference: str) -> str | None:
    """Where the code a case names leads: to the page of a lot, or to an order at one's own points."""
    known = codes.parse(reference.partition("/")[0])
    if known is None:
        return None
    kind, code = known
    if kind is codes.Kind.LOT:
        return url_for("trace.lot", code=code)
    if kind is not codes.Kind.ORDER or not access.may(guards.me().role, Permission.ORDERS_WORK):
        return None
    found = order_queries.search(code, rail.my_points())
    if len(found) == 1:
        return url_for("staff.order", order_id=found[0].id)
    return url_for("staff.find_order", q=code) if found else None


def _page(shown: Case, form: forms.AnswerForm, erase_form: forms.EraseForm) -> str:
    messages = case_service.messages(shown.id)
    form.seen.data = str(len(messages))
    return render_template(
        "staff/cases/case.html",
        **rail.frame(rail.CASES),
        case=shown,
        said=messages,
        reference_href=_reference_href(shown.reference),
        words=case_words,
        topic=case_words.topic(shown),
        overdue=shown.state is CaseState.OPEN and shown.due_at < clock.now(),
        phone=filters.phone(shown.contact_phone or ""),
        order=handle_case.order_to_erase(shown),
        form=form,
        erase_form=erase_form,
    )
