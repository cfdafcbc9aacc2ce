"""Acts outside the nomenclature on a Belgian bill: borne by the patient whole, beside the quote, told on his papers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from quittance.belgium.file import file_of
from quittance.belgium.services import papers
from quittance.belgium.services.supporting import document_of
from quittance.billing.documents import receipt
from quittance.billing.models import Draft, Favourite, Line, Share
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import calculate, issue_bill
from quittance.billing.services.payments import balance
from quittance.billing.services.pricing import due_of, library, lines_beside, lines_of
from quittance.billing.services.reading import bill_or_404, require_balance
from quittance.billing.services.reprice import reprice_snapshot
from quittance.kernel.money import format_cents
from tests.belgium import making
from tests.belgium import papers_making as care
from tests.signed import enter

HTMX = {"HX-Request": "true"}
REPORT = {"label": "Copie d'un rapport", "amount": "12,50"}
COACHING = {"label": "Séance de coaching", "amount": "50", "date": "2026-05-02"}
WHY = "Aucune mutualité ne rembourse un acte hors nomenclature : le patient le paie entièrement."


@pytest.fixture
def acting(belgian_practice):
    return care.at_work(belgian_practice)


@pytest.fixture
def nina(acting):
    return care.cared(acting)


def mixed(acting, patient, **more):
    return making.bill_of(acting, patient, care.SESSION, beside=(REPORT, COACHING), **more)


def shares_of(bill) -> list[tuple[str, str, int, list[int]]]:
    lines = Line.objects.for_(bill).filter(bill=bill)
    found = Share.objects.for_(bill).filter(line__bill=bill)
    return [
        (one.code, one.label, one.fee_cents, list(found.filter(line=one).values_list("cents", flat=True)))
        for one in lines
    ]


@pytest.mark.parametrize(("third_party", "asked"), [(False, [0, 10_087]), (True, [3287, 6800])])
def test_the_patient_bears_it_whole_however_the_bill_is_settled(acting, nina, third_party, asked):
    bill = mixed(acting, nina, third_party=third_party)
    session, *beside = shares_of(bill)
    assert (session[0], session[2], session[3]) == (care.SESSION, 3837, [3287, 550])
    assert beside == [
        ("", "Copie d'un rapport", 1250, [0, 1250]),
        ("", "Séance de coaching", 5000, [0, 5000]),
    ]
    assert (bill.fee_cents, [row.cents for row in bill.receivables.all()]) == (10_087, asked)
    assert bill.patient_cents == asked[1]
    assert [one.get("kind") for one in bill.snapshot["lines"]] == [None, "beside", "beside"]
    assert [one["day"] for one in bill.snapshot["lines"]] == ["2026-05-04", "2026-05-04", "2026-05-02"]
    assert bill_or_404(acting, bill.pk) == bill


def test_the_session_that_is_priced_holds_the_nomenclature_only(acting, nina):
    plain = calculate(making.draft_of(acting, nina, care.SESSION))
    with_others = calculate(making.draft_of(acting, nina, care.SESSION, beside=(REPORT,)))
    assert (with_others.session, with_others.quote) == (plain.session, plain.quote)


def test_a_bill_of_such_acts_only_is_priced_as_nothing_and_proved_again(acting, nina):
    bill = making.bill_of(acting, nina, beside=(REPORT,), third_party=True)
    assert (bill.fee_cents, bill.patient_cents, bill.waived_cents) == (1250, 1250, 0)
    assert bill.snapshot["output"]["totals"] == {"fee": "0.00", "insurer": "0.00", "patient": "0.00"}
    assert reprice_snapshot(bill).same_bytes
    assert bill_or_404(acting, bill.pk) == bill


def test_a_mixed_bill_is_proved_again(acting, nina):
    found = reprice_snapshot(mixed(acting, nina))
    assert (found.same_law, found.same_bytes, found.differences) == (True, True, ())


def test_a_bill_of_nothing_is_refused(acting, nina):
    assert refusals(acting, nina) == [("acts.required", "acts", "Ajoutez un acte : la facture n'en a aucun.")]


def refusals(acting, patient, *acts, **more) -> list[tuple[str, str, str]]:
    with pytest.raises(RefusedError) as refused:
        making.bill_of(acting, patient, *acts, **more)
    return [(one["code"], one["path"], one["message"]) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"label": ""}, "label", "Dites en quelques mots"),
        ({"label": " \t "}, "label", "Dites en quelques mots"),
        ({"amount": ""}, "amount", "Tapez le montant demandé"),
        ({"amount": "0"}, "amount", "supérieur à zéro"),
        ({"amount": "0,00 €"}, "amount", "supérieur à zéro"),
        ({"amount": "-5"}, "amount", "supérieur à zéro"),
        ({"amount": "\u22125"}, "amount", "supérieur à zéro"),
        ({"amount": "beaucoup"}, "amount", "Ce n'est pas un montant"),
        ({"amount": "12,345"}, "amount", "Ce n'est pas un montant"),
        ({"amount": "1000000"}, "amount", "Ce n'est pas un montant"),
        ({"date": "31/02/2026"}, "date", "Ce n'est pas un jour"),
    ],
)
def test_what_cannot_be_billed_is_told_beside_its_field(acting, nina, typed, field, said):
    wrong = {**COACHING, **typed}
    [(code, path, text)] = refusals(acting, nina, care.SESSION, beside=(REPORT, wrong))
    assert (code, path) == (f"beside.{field}", f"beside[1].{field}")
    assert said in text


def test_of_a_line_with_nothing_typed_one_reason_is_told(acting, nina):
    [(code, path, _text)] = refusals(acting, nina, care.SESSION, beside=({},))
    assert (code, path) == ("beside.empty", "beside[0]")


@pytest.mark.parametrize("typed", ["12,5", "12.50", " 12,50 € "])
def test_comma_point_and_the_sign_of_the_euro_are_read(acting, nina, typed):
    assert making.bill_of(acting, nina, beside=({**REPORT, "amount": typed},)).fee_cents == 1250


def test_a_share_that_is_not_asked_is_never_that_of_such_an_act(acting):
    nina = care.cared(acting, copay_bp=0)
    bill = mixed(acting, nina, third_party=True)
    assert (bill.waived_cents, balance(bill).asked_cents) == (550, 6250)
    alone = making.bill_of(acting, nina, beside=(REPORT,), third_party=True)
    assert (alone.waived_cents, balance(alone).asked_cents) == (0, 1250)


@given(
    cents=st.lists(st.integers(1, 99_999_999), max_size=6),
    third_party=st.booleans(),
    insurer=st.integers(0, 5000),
    personal=st.integers(0, 5000),
)
def test_whatever_is_asked_beside_shares_and_due_sum_to_the_fee(cents, third_party, insurer, personal):
    typed = [{"label": "Acte", "amount": format_cents(one)} for one in cents]
    payers = library("BE").payers
    act = {"code": care.SESSION, "date": "2026-05-04", "fee": format_cents(insurer + personal)}
    borne = {"insurer": format_cents(insurer), "patient": format_cents(personal)}
    asked = borne if third_party else {"insurer": "0.00", "patient": format_cents(insurer + personal)}
    lines = [
        *lines_of({"country": "BE", "acts": [{}]}, {"acts": [act | borne]}, payers),
        *lines_beside(Draft(country="BE", input={"date": "2026-05-04", "beside": typed}), payers),
    ]
    assert [line.shares for line in lines[1:]] == [(0, one) for one in cents]
    due = due_of({"due": asked}, payers, lines)
    require_balance(insurer + personal + sum(cents), [line.shares for line in lines], due)
    assert due[0] == (insurer if third_party else 0)


def test_it_counts_in_no_quota_and_asks_no_query_more(acting, nina):
    making.bill_of(acting, nina, beside=(REPORT,))
    assert file_of(nina).acts == ()
    counts = []
    for day, beside in (("2026-05-04", ()), ("2026-05-05", (REPORT, COACHING))):
        draft = making.draft_of(acting, nina, care.SESSION, day=day, beside=beside)
        with CaptureQueriesContext(connection) as captured:
            issue_bill(acting, draft.pk, str(draft.key), draft.version)
        counts.append(len(captured))
    assert counts[1] == counts[0]


def test_no_certificate_carries_it(acting, nina):
    care.booklet(acting)
    bill = mixed(acting, nina)
    [pack] = papers.waiting(acting, acting.professional, acting.today(), bill=bill)
    assert [line.code for line in pack.certificate.lines] == [care.SESSION]
    alone = making.bill_of(acting, nina, beside=(REPORT,))
    assert papers.waiting(acting, acting.professional, acting.today(), bill=alone) == []


@pytest.mark.parametrize(
    ("language", "title", "why"),
    [
        ("fr", "Prestations non remboursables", "avec des prestations non remboursables"),
        ("nl", "Niet-vergoedbare verstrekkingen", "niet-vergoedbare verstrekkingen"),
        ("de", "Nicht erstattungsfähige Leistungen", "zusammen mit nicht erstattungsfähigen"),
    ],
)
def test_the_supporting_document_of_a_mixed_bill_is_due_and_prints_both(acting, client, language, title, why):
    bill = mixed(acting, care.cared(acting, language=language))
    client = enter(client, acting.user)
    page = client.get(f"/be/bills/{bill.pk}/papers/").text
    assert "des prestations remboursables sont facturées avec d’autres qui ne le sont pas." in page
    [text] = care.texts(client.post(f"/be/bills/{bill.pk}/supporting/").content)
    others = ("02/05/2026 Séance de coaching 50,00", "04/05/2026 Copie d'un rapport 12,50")
    for mention in (title, why, care.SESSION, *others, "100,87 €"):
        assert mention in text, f"{mention} not in {text}"


@pytest.mark.parametrize(("day", "reason"), [("2022-06-08", None), ("2022-06-09", "only_others")])
def test_where_only_such_acts_are_billed_it_is_due_since_the_law_says_so(acting, nina, client, day, reason):
    bill = making.bill_of(acting, nina, beside=(REPORT,), day=day)
    document, found = document_of(acting, bill)
    assert (found.name if found else None) == reason
    assert (document.reimbursable, [one.cents for one in document.others]) == ((), [1250])
    client = enter(client, acting.user)
    early = "la loi n’en demandait pas encore" in client.get(f"/be/bills/{bill.pk}/papers/").text
    assert early == (reason is None)
    answer = client.post(f"/be/bills/{bill.pk}/supporting/")
    assert (answer.status_code, answer.get("Content-Type", "")) == (
        (200, "application/pdf") if reason else (302, "text/html; charset=utf-8")
    )


def test_a_payment_fills_the_acts_of_the_certificate_first(acting, nina):
    document, _reason = document_of(acting, mixed(acting, nina, third_party=True))
    assert [one.tariff_cents for one in document.reimbursable] == [550]
    assert [one.cents for one in document.others] == [1250, 5000]


def test_of_a_cancelled_bill_no_paper_is_due(acting, nina):
    bill = mixed(acting, nina)
    cancel_bill(acting, bill)
    assert document_of(acting, bill)[1] is None
    making.bill_of(acting, nina, care.SESSION)


def test_the_receipt_and_the_page_of_the_bill_show_it(acting, nina, client):
    bill = mixed(acting, nina)
    text = " ".join(care.texts(receipt(bill)))
    assert "02/05/2026 Séance de coaching 50,00 0,00 50,00" in text
    page = enter(client, acting.user).get(f"/bills/{bill.pk}/").text
    assert re.search(r"Séance de coaching <span[^>]*>· hors nomenclature</span>", page)
    assert WHY in page


@pytest.fixture
def draft(acting, nina):
    return making.draft_of(acting, nina, care.SESSION)


def post(client, draft, do="", **fields):
    draft.refresh_from_db()
    known = {"version": draft.version, "key": draft.key, "do": do} | fields
    return client.post(f"/bill/{draft.pk}/", known, headers=HTMX)


def beside_of(draft) -> list[dict]:
    draft.refresh_from_db()
    return draft.input.get("beside", [])


def typed(number: int, **fields: str) -> dict:
    names = {f"b{number}-{name}": value for name, value in fields.items()}
    return {"shown": list(names), **names}


def test_a_line_is_added_typed_repeated_and_removed(signed_in, draft):
    assert "Acte hors nomenclature" in signed_in.get(f"/bill/{draft.pk}/").text
    answer = post(signed_in, draft, "beside").text
    assert 'id="edit-2"' in answer
    assert "Tapez le libellé et le montant de la ligne ajoutée, ou retirez-la." in answer
    assert "aria-invalid" not in answer
    answer = post(signed_in, draft, **typed(2, label="Copie d'un rapport", amount="12.5 €", date="2026-05-04")).text
    assert beside_of(draft) == [{"id": 2, "label": "Copie d'un rapport", "amount": "12.5 €"}]
    assert "50,87" in answer
    post(signed_in, draft, "copy:2")
    assert [one["id"] for one in beside_of(draft)] == [2, 3]
    post(signed_in, draft, "remove:2")
    assert [one["id"] for one in beside_of(draft)] == [3]
    assert [act["id"] for act in draft.input["acts"]] == [1]


def test_what_is_typed_wrong_is_kept_and_the_total_is_not_told(signed_in, draft):
    post(signed_in, draft, "beside")
    answer = post(signed_in, draft, **typed(2, label="", amount="beaucoup", date="2026-02-31"), open="2").text
    assert beside_of(draft) == [{"id": 2, "amount": "beaucoup", "date": "2026-02-31"}]
    for text in ("Ce n&#x27;est pas un montant", "Ce n&#x27;est pas un jour", "Dites en quelques mots"):
        assert text in answer
    assert 'value="beaucoup"' in answer
    assert 'aria-disabled="true"' in answer
    refused = post(signed_in, draft, "issue")
    assert refused.status_code == 422
    assert Draft.objects.for_(draft).filter(pk=draft.pk).exists()


def test_a_day_to_come_is_told_and_may_be_billed(signed_in, acting, draft):
    day = (acting.today() + timedelta(days=1)).isoformat()
    post(signed_in, draft, "beside")
    assert (
        "Ce jour est encore à venir" in post(signed_in, draft, **typed(2, label="Coaching", amount="50", date=day)).text
    )
    assert post(signed_in, draft, "issue").status_code == 204


def test_its_amounts_are_explained(signed_in, draft):
    post(signed_in, draft, "beside")
    post(signed_in, draft, **typed(2, label="Coaching", amount="50", date=""))
    for role in ("fee", "insurer", "patient"):
        answer = post(signed_in, draft, f"why:2:{role}").text
        assert WHY in answer
        assert "Coaching · " in answer
    assert "why:2:patient" in post(signed_in, draft, "why::patient").text


def test_a_bill_of_one_is_issued_from_the_page(signed_in, acting, nina):
    draft = making.draft_of(acting, nina)
    post(signed_in, draft, "beside")
    post(signed_in, draft, **typed(1, label="Coaching", amount="50", date=""))
    assert "50,00" in signed_in.get(f"/bill/{draft.pk}/").text
    assert "Coaching" in signed_in.get("/bill/").text
    assert post(signed_in, draft, "issue").status_code == 204
    [(code, label, fee, shares)] = shares_of(nina.bills.get())
    assert (code, label, fee, shares) == ("", "Coaching", 5000, [0, 5000])


def test_an_earlier_bill_and_a_favourite_bring_it_again_without_its_day(signed_in, acting, nina):
    series = ({**COACHING, "date": "2026-05-05"}, {**COACHING, "date": "2026-05-12"}, REPORT)
    bill = making.bill_of(acting, nina, care.SESSION, beside=series)
    draft = making.draft_of(acting, nina, day="2026-05-18")
    assert "Copie d&#x27;un rapport" in signed_in.get(f"/bill/{draft.pk}/").text
    post(signed_in, draft, f"like:{bill.pk}")
    kept = [{"label": "Séance de coaching", "amount": "50"}, REPORT]
    assert [{name: one[name] for name in ("label", "amount")} for one in beside_of(draft)] == kept
    assert not any("date" in one for one in beside_of(draft))
    signed_in.post(f"/bill/{draft.pk}/favourite/", {"label": "Habituel"})
    favourite = Favourite.objects.for_(acting).get()
    assert favourite.input["beside"] == kept
    assert f"{care.SESSION} + Séance de coaching + Copie d&#x27;un rapport" in signed_in.get("/bill/favourites/").text
    other = making.draft_of(acting, nina, day="2026-05-19")
    post(signed_in, other, f"favourite:{favourite.pk}")
    assert [one["label"] for one in beside_of(other)] == ["Séance de coaching", "Copie d'un rapport"]
    assert [one["id"] for one in beside_of(other)] == [2, 3]
