from django.db import connection
from django.test.utils import CaptureQueriesContext

from quittance.billing.services.issue import issue_bill
from quittance.billing.services.reading import bill_or_404
from tests.billing.making import make_bill, make_draft

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def issued(acting, lines, by_number=True):
    draft = make_draft(acting, acts=[{"code": "G"}] * lines)
    wanted = draft.pk if by_number else draft
    with CaptureQueriesContext(connection) as queries:
        bill = issue_bill(acting, wanted, str(draft.key), draft.version)
    assert bill.lines.count() == lines
    return [one["sql"] for one in queries if not one["sql"].startswith(CONTROL)]


def test_ten_lines_are_issued_in_at_most_twelve_queries(acting):
    make_bill(acting)
    sql = issued(acting, 10)
    assert len(sql) <= 12, "\n".join(one[:90] for one in sql)
    assert len(issued(acting, 10, by_number=False)) < len(sql)


def test_more_lines_cost_no_more_queries(acting):
    make_bill(acting)
    assert len(issued(acting, 1)) == len(issued(acting, 40))


def test_reading_a_bill_costs_the_same_for_one_line_and_for_forty(acting, django_assert_num_queries):
    for lines in (1, 40):
        pk = make_bill(acting, acts=[{"code": "G"}] * lines).pk
        with django_assert_num_queries(7):
            bill_or_404(acting, pk)
