"""The route matrix: each route names the power it needs, and visitors are sent to log in."""

import pytest
from django.http import Http404
from django.urls import URLPattern, get_resolver

from quittance.people.access import LOGIN, PUBLIC, own_or_404
from quittance.people.models import Professional
from quittance.people.powers import POWERS
from tests.signed import enter


def _routes(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry.callback
        else:
            yield from _routes(entry, path)


ROUTES = list(_routes())


@pytest.mark.parametrize(("path", "view"), ROUTES, ids=[path or "/" for path, _view in ROUTES])
def test_every_route_names_its_power(path, view):
    assert getattr(view, "power", None) in {*POWERS, LOGIN, PUBLIC}, "write @access.page(power=…) above the view"


def test_only_login_is_public():
    public = {path for path, view in ROUTES if getattr(view, "power", None) == PUBLIC}
    assert public == {
        "login/",
        "login/code/",
        "login/passkey/",
        "login/demo/<int:pk>/",
        "account/invitation/<str:token>/",
    }


def test_a_visitor_is_sent_to_log_in(client, db):
    assert client.get("/components/")["Location"] == "/login/?next=/components/"


def test_a_visitor_with_htmx_leaves_the_whole_page(client, db):
    answer = client.get("/components/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/login/?next=/components/")


def test_a_user_of_no_practice_is_told_so(client, alice):
    from quittance.people.models import Membership

    Membership.objects.unscoped("test").all().delete()
    enter(client, alice)
    assert client.get("/components/")["Location"] == "/choose/"
    assert "aucun cabinet" in client.get("/choose/").text


def test_a_row_of_another_practice_does_not_exist(acting, charlie_acting):
    theirs = charlie_acting.professional.pk
    for wanted in (theirs, 10**9, "x"):
        with pytest.raises(Http404):
            own_or_404(acting, Professional, pk=wanted)
    assert own_or_404(acting, Professional, pk=acting.professional.pk) == acting.professional
