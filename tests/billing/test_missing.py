"""A day that the nature of the insurance needs: the page says it, and issuing refuses without it, page or not."""

import pytest

from quittance.billing.models import Bill, Draft
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from tests.billing.making import make_draft

CASES = [
    ("maternity", {}, "maternity_date", "La maternité a une date"),
    ("work_accident", {}, "at_date", "Un accident du travail a une date"),
    ("illness", {"accident": "1"}, "accident_date", "Un accident causé par un tiers a une date"),
]
HTMX = {"HX-Request": "true"}


def lacking(acting, nature, extras):
    draft = make_draft(acting, nature=nature)
    draft.input["extras"] = extras
    draft.save()
    return draft


@pytest.mark.parametrize("typed", [None, "", "demain", "2026-02-31"])
@pytest.mark.parametrize(("nature", "extras", "name", "text"), CASES)
def test_the_service_refuses_without_the_day(acting, nature, extras, name, text, typed):
    draft = lacking(acting, nature, extras if typed is None else {**extras, name: typed})
    with pytest.raises(RefusedError) as caught:
        issue_bill(acting, draft, str(draft.key), draft.version)
    (problem,) = caught.value.problems
    assert (problem["code"], problem["path"]) == (f"{nature}.date", f"extras.{name}")
    assert problem["message"].startswith(text)
    assert Draft.objects.for_(acting).filter(pk=draft.pk).exists()
    assert not Bill.objects.for_(acting).exists()


@pytest.mark.parametrize(("nature", "extras", "name", "text"), CASES)
def test_with_the_day_the_service_issues_the_first_number(acting, nature, extras, name, text):
    refused = lacking(acting, nature, extras)
    with pytest.raises(RefusedError, match=text):
        issue_bill(acting, refused, str(refused.key), refused.version)
    draft = lacking(acting, nature, {**extras, name: "2026-01-02"})
    assert issue_bill(acting, draft, str(draft.key), draft.version).number == 1


def test_it_is_told_together_with_what_the_quote_refuses(acting):
    draft = make_draft(acting, acts=[{"code": "NOTHING"}], nature="maternity")
    with pytest.raises(RefusedError) as caught:
        issue_bill(acting, draft, str(draft.key), draft.version)
    assert [one["code"] for one in caught.value.problems][1:] == ["maternity.date"]


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(("nature", "extras", "name", "text"), CASES)
def test_a_direct_post_is_refused_beside_the_field(alice_client, acting, nature, extras, name, text, headers):
    draft = lacking(acting, nature, extras)
    fields = {"version": draft.version, "key": draft.key, "do": "issue"}
    answer = alice_client.post(f"/bill/{draft.pk}/", fields, headers=headers)
    assert answer.status_code == 422
    assert not Bill.objects.for_(acting).exists()
    beside = answer.text.split(f'id="x-{name}"')[1].split("<input", 1)[0]
    assert text in beside
    draft.refresh_from_db()
    fields |= {"shown": f"x-{name}", f"x-{name}": "2026-01-02", "version": draft.version}
    assert alice_client.post(f"/bill/{draft.pk}/", fields, headers=headers).status_code in {204, 302}
    assert Bill.objects.for_(acting).count() == 1
