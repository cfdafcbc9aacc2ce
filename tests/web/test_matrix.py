"""Every route against every role, as the table says; and what the table may never say."""

from __future__ import annotations

from functools import cache

import pytest

from tests.web import matrix

pytestmark = pytest.mark.routes
ROLES = tuple(next(iter(matrix.table().values())))
# They reach every query of every page, which each database is to answer; the others are refused by the same code.
WIDE = {"owner", "group_owner"}
REFUSED = {"403", "404", "405", "login"}
# What anybody who is signed in does for himself, whatever his role.
OWN = ("accounts:", "account_", "mfa_", "mandates:", "people:", "web:")
# What is shown of lists that are nobody's: a number of the law, a mutuality, a topic of the rules; and a figure of the
# law, of which each practice keeps its own choice.
LISTS = {"belgium:number", "belgium:mutuality", "belgium:info_topic"}
LISTS |= {"belgium:nursing_choice", "belgium:nursing_choice_drop"}
PATIENTS = ("patients:", "billing:", "draft:")
RECORD_ONLY = [
    role
    for role in ROLES
    if role.startswith("mandatary_") and role.rpartition("_")[2] in {"status", "file", "prosante", "master"}
]


@cache
def rows():
    return matrix.table()


def met_by(role, *beginnings):
    return {key: row[role] for key, row in rows().items() if not beginnings or key[0].startswith(beginnings)}


def test_every_route_has_its_rows_and_no_row_is_without_a_route():
    assert {route for route, _method in rows()} == set(matrix.routes())
    assert {method for _route, method in rows()} == set(matrix.METHODS)


@pytest.mark.parametrize("role", [pytest.param(one, marks=() if one in WIDE else pytest.mark.once) for one in ROLES])
def test_each_role_meets_what_the_table_says(db, role):
    from tests.web import world

    person, place = world.build().people[role]
    client = matrix.client_of(person, place)
    routes = matrix.routes()
    found = {(route, way): matrix.met(client, place, route, routes[route], way) for route, way in rows()}
    assert {key: value for key, value in found.items() if value != rows()[key][role]} == {}


def test_no_row_says_that_the_product_broke():
    assert [key for key, row in rows().items() if "500" in row.values()] == []


def test_a_row_of_another_practice_does_not_exist():
    named = {
        route
        for route, parts in matrix.routes().items()
        if parts and not route.startswith((*OWN, "france:")) and route not in LISTS
    }
    for role in ("stranger", "belgian_stranger"):
        opened = {key: value for key, value in met_by(role).items() if key[0] in named and value not in {"404", "405"}}
        assert opened == {}, role
    assert set(met_by("stranger", "mandates:detail", "mandates:sign", "mandates:end").values()) <= {"404", "405"}


def test_a_visitor_logs_in_first():
    public = {"account_login", "mfa_authenticate", "mfa_login_webauthn", "people:demo_login", "accounts:invitation"}
    assert {key[0] for key, value in met_by("signed_out").items() if value != "login"} <= public


def test_a_reader_changes_nothing():
    changed = {key for key, value in met_by("reader").items() if key[1] == "POST" and value not in REFUSED}
    assert [key for key in changed if not key[0].startswith(OWN) and key[0] != "billing:receipt"] == []


def test_a_substitute_does_nothing_on_the_days_of_others():
    opened = {key[0] for key, value in met_by("substitute_off").items() if value not in REFUSED}
    assert [route for route in opened if not route.startswith(OWN)] == []


@pytest.mark.parametrize("role", RECORD_ONLY)
def test_a_mandate_for_the_record_opens_nothing_of_the_patients(role):
    assert set(met_by(role, *PATIENTS).values()) == {"403"}


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role.startswith(("mandatary_", "group_")) and role != "group_owner"]
)
def test_nobody_entrusted_with_a_scope_manages_the_practice(role):
    assert set(met_by(role, "members:", "substitutes:", "journal:").values()) == {"403"}


def test_only_a_mandate_for_the_whole_record_opens_more_than_its_part():
    assert "ok" not in met_by("mandatary_training_master", "professionals:social", "professionals:bank").values()
    for role in ("mandatary_administrative_file", "mandatary_prosante"):
        assert set(met_by(role, "professionals:accreditation").values()) == {"403"}


@pytest.mark.parametrize("role", ["owner", "group_owner"])
def test_every_page_refuses_a_method_it_does_not_know(db, role):
    from tests.web import world

    person, place = world.build().people[role]
    client = matrix.client_of(person, place)
    answers = {
        route: matrix.met(client, place, route, parts, "DELETE") for route, parts in sorted(matrix.routes().items())
    }
    assert {route: value for route, value in answers.items() if value not in {"405", "404", "403"}} == {}
