"""Pages of own tariffs: what is shown beside what is official, who may change it, what is refused and kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from quittance.belgium.models import CustomTariff
from quittance.belgium.pages import tariffs
from quittance.belgium.services import tariffs as services
from quittance.people.acting import acting_for
from quittance.people.models import Membership, Professional, StatusPeriod, User
from tests.signed import enter

JULY = date(2026, 7, 1)
NAMES = ("tariffs", "tariff_add", "tariff_codes", "tariff_batch")
ADD = {"code": "711314", "amount": "45,50", "from_day": "2026-07-01"}
BATCH = {
    "category": "individual",
    "scope": "some",
    "disorders": ["a", "b1"],
    "minutes": "30",
    "places": ["practice", "home"],
    "amount": "42.00",
    "from_day": "2026-07-01",
}


@pytest.fixture
def free(dora):
    """Dora has no convention."""
    StatusPeriod.objects.for_(dora).create(professional=dora, kind="convention", value="none", from_day="2020-01-01")
    return dora


@pytest.fixture
def acting(dora):
    return acting_for(dora.user)


def url(name, professional, *more):
    return reverse(f"belgium:{name}", args=[professional.pk, *more])


def kept(dora):
    rows = services.rows_of(dora).order_by("code", "from_day")
    return [(one.code, one.cents, one.from_day, one.to_day) for one in rows]


def colleague(dora, role):
    user = User.objects.create_user(f"{role}@example.org", "correct horse battery", first_name="Emma")
    Membership.objects.for_(dora).create(user=user, role=role)
    return enter(Client(), user)


def plain(answer):
    """The words of a page, with plain spaces and without marks."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return " ".join(text.replace("\u202f", " ").replace("&#x27;", "'").split())


def test_an_empty_list_explains_and_offers_both_ways(dora_client, free):
    shown = dora_client.get(url("tariffs", free))
    assert "Non conventionné aujourd’hui" in plain(shown)
    assert url("tariff_add", free) in shown.text
    assert url("tariff_batch", free) in shown.text


@pytest.mark.parametrize(
    ("cents", "official", "difference", "less"),
    [(4_500, 3_837, 663, False), (3_500, 3_837, -337, True), (3_837, 3_837, 0, False)],
)
def test_a_fee_is_compared_with_the_official_one_of_the_day(cents, official, difference, less):
    found = tariffs.compared("711314", cents, JULY)
    assert (found.official, found.difference, found.less) == (official, difference, less)


def test_where_no_official_price_is_known_nothing_is_less():
    found = tariffs.compared("711314", 100, date(2012, 7, 1))
    assert (found.known, found.less) == (False, False)


def test_tariffs_are_grouped_and_compared_on_a_day_when_they_hold(free, acting):
    for cents, year in ((3_800, 2025), (4_500, 2026), (5_000, 2027)):
        services.add(acting, free, "711314", cents, date(year, 1, 1))
    found = tariffs.grouped(services.rows_of(free), JULY)
    told = {name: [(one.on, one.compared.official) for one in rows] for name, rows in found.items()}
    assert told == {
        "now": [(JULY, 3_837)],
        "coming": [(date(2027, 1, 1), None)],
        "ended": [(date(2025, 12, 31), 3_735)],
    }


def test_each_fee_stands_beside_the_official_one_of_its_day(dora_client, free, acting):
    services.add(acting, free, "711314", 4_000, date(2026, 1, 1))
    services.add(acting, free, "711314", 4_500, JULY)
    services.add(acting, free, "713311", 9_900, date(2090, 1, 1))
    for code, cents in (("712316", 3_500), ("714313", 3_837)):
        services.add(acting, free, code, cents, date(2026, 1, 1))
        CustomTariff.objects.for_(free).filter(code=code).update(to_day=date(2026, 1, 31))
    shown = plain(dora_client.get(url("tariffs", free)))
    now, rest = shown.split("À venir")
    assert "45,00 € à partir du 01/07/2026" in now
    coming, ended = rest.split("Terminés")
    assert "99,00 € à partir du 01/01/2090 aucun prix officiel connu" in coming
    assert "40,00 € du 01/01/2026 au 30/06/2026 officiel 38,37 € +1,63 €" in ended
    assert "35,00 € du 01/01/2026 au 31/01/2026 officiel 38,37 € −3,37 € : sous l’honoraire officiel" in ended
    assert "38,37 € du 01/01/2026 au 31/01/2026 officiel 38,37 € égal à l’officiel" in ended


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("conventioned", "Conventionné aujourd’hui : ces tarifs ne servent pas"),
        ("partial", "Partiellement conventionné aujourd’hui"),
        ("none", "Non conventionné aujourd’hui : ces tarifs sont demandés"),
        ("", "n’est pas connu"),
    ],
)
def test_the_page_says_whether_the_tariffs_are_used(dora_client, dora, value, said):
    if value:
        rows = StatusPeriod.objects.for_(dora)
        rows.create(professional=dora, kind="convention", value=value, from_day="2020-01-01")
    shown = dora_client.get(url("tariffs", dora))
    assert said in plain(shown)
    assert f"/professionals/{dora.pk}/#convention" in shown.text
    assert "tiers payant ou à l’intervention majorée (BIM)" in plain(shown)


def test_the_page_says_which_status_comes(dora_client, free):
    today = free.practice.today()
    rows = StatusPeriod.objects.for_(free)
    rows.update(to_day=today)
    day = today + timedelta(days=1)
    rows.create(professional=free, kind="convention", value="conventioned", from_day=day)
    assert f"À partir du {day:%d/%m/%Y} : conventionné." in plain(dora_client.get(url("tariffs", free)))


def test_the_list_is_searched_by_code_and_by_word(dora_client, free, acting):
    for code in ("711314", "712331"):
        services.add(acting, free, code, 4_000, JULY)
    for typed, found in (("7113", "711314"), ("aphas dom", "712331"), ("APHASIE", "712331")):
        shown = dora_client.get(url("tariffs", free), {"q": typed}, headers={"hx-request": "true"})
        assert "<html" not in shown.text
        assert set(re.findall(r"\b7[0-9]{5}\b", plain(shown))) == {found}
    assert "Aucun tarif personnel de ce code" in plain(dora_client.get(url("tariffs", free), {"q": "zzz"}))


@pytest.mark.parametrize("typed", ["45,50", "45.50", " 45,5 € "])
def test_a_fee_is_typed_with_comma_or_point(dora_client, free, typed):
    answer = dora_client.post(url("tariff_add", free), ADD | {"amount": typed})
    assert answer.status_code == 302
    assert kept(free) == [("711314", 4_550, JULY, None)]


def test_a_double_click_adds_one(dora_client, free):
    for _ in range(2):
        assert dora_client.post(url("tariff_add", free), ADD).status_code == 302
    assert kept(free) == [("711314", 4_550, JULY, None)]
    assert "rien n’est modifié" in plain(dora_client.get(url("tariffs", free)))


def test_it_tells_what_ends_and_when(dora_client, free, acting):
    services.add(acting, free, "711314", 4_000, date(2026, 1, 1))
    services.add(acting, free, "711314", 4_800, date(2026, 9, 1))
    shown = plain(dora_client.post(url("tariff_add", free), ADD, follow=True))
    assert "45,50 € à partir du 01/07/2026." in shown
    assert "Il prend fin le 31/08/2026" in shown
    assert "Le précédent (40,00 €) prend fin le 30/06/2026." in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "711315"}, "après 71131 vient 4"),
        ({"code": "425110"}, "autre profession (infirmier)"),
        ({"code": "123454"}, "ne connaissent pas"),
        ({"code": "séance"}, "Choisissez un code"),
        ({"code": "702015"}, "supprimé après le 31/07/2024"),
        ({"amount": "0"}, "supérieur à zéro"),
        ({"amount": "-5"}, "supérieur à zéro"),
        ({"amount": "3837"}, "plus de vingt fois"),
        ({"amount": "5000,01", "from_day": "2027-02-01"}, "pour un seul acte"),
        ({"amount": "38,375"}, "pas un montant"),
        ({"from_day": "0026-07-01"}, "quatre chiffres"),
    ],
)
def test_a_refused_tariff_says_why_and_keeps_what_was_typed(dora_client, free, typed, said):
    sent = ADD | typed
    answer = dora_client.post(url("tariff_add", free), sent)
    assert answer.status_code == 422
    assert said in plain(answer)
    for word in sent.values():
        assert f'value="{word}"' in answer.text
    assert kept(free) == []


def test_a_fee_far_from_the_official_one_is_kept_and_doubted(dora_client, free):
    shown = plain(dora_client.post(url("tariff_add", free), ADD | {"amount": "4,55"}, follow=True))
    assert "vérifiez la virgule" in shown
    assert kept(free)[0][1] == 455


def test_a_fee_of_a_day_that_has_one_leads_to_it(dora_client, free):
    dora_client.post(url("tariff_add", free), ADD)
    answer = dora_client.post(url("tariff_add", free), ADD | {"amount": "46"})
    assert answer.status_code == 422
    assert "commence déjà ce jour-là" in plain(answer)
    assert url("tariff", free, services.rows_of(free).get().pk) in answer.text


def test_codes_are_found_as_one_types_and_fill_the_field(dora_client, free):
    found = dora_client.get(url("tariff_codes", free), {"code": "aphas domi", "from_day": "2026-07-01"})
    assert {"712331", "712633"} == set(re.findall(r"\b7[0-9]{5}\b", plain(found)))
    assert "38,37 €" in plain(found)
    assert dora_client.get(url("tariff_codes", free), {"code": " "}).text.strip() == ""
    assert "essayez moins de lettres" in plain(dora_client.get(url("tariff_codes", free), {"code": "toilette"}))
    filled = dora_client.get(url("tariff_code", free, "712331"), {"from_day": "2026-07-01"})
    assert 'value="712331"' in filled.text
    assert "Honoraire officiel ce jour-là : 38,37 €" in plain(filled)
    wrong = dora_client.get(url("tariff_code", free, "712331"), {"from_day": "2026-99-01"})
    assert 'value="712331"' in wrong.text
    assert dora_client.get(url("tariff_code", free, "425110")).status_code == 404


def seen_of(answer):
    found = re.search(r'name="seen" value="([0-9a-f]+)"', answer.text)
    assert found is not None
    return found[1]


def test_a_batch_is_seen_before_it_is_written(dora_client, free, acting):
    services.add(acting, free, "711314", 4_000, date(2026, 1, 1))
    answer = dora_client.post(url("tariff_batch", free), BATCH)
    assert answer.status_code == 200
    shown = plain(answer)
    assert "pour 4 codes à partir du 01/07/2026" in shown
    assert "1 tarif personnel remplacé" in shown
    assert "40,00 € → 42,00 €" in shown
    assert "le précédent prend fin le 30/06/2026" in shown
    assert {"711314", "711336", "712316", "712331"} == set(re.findall(r"\b7[0-9]{5}\b", shown))
    assert len(kept(free)) == 1
    again = BATCH | {"step": "write", "seen": seen_of(answer)}
    for _ in range(2):
        assert dora_client.post(url("tariff_batch", free), again).status_code == 302
    assert services.fees_on(free, JULY) == dict.fromkeys(["711314", "711336", "712316", "712331"], 4_200)
    assert len(kept(free)) == 5


def test_a_batch_that_is_no_longer_true_is_shown_again(dora_client, free, acting):
    first = dora_client.post(url("tariff_batch", free), BATCH)
    services.add(acting, free, "712331", 4_100, date(2026, 1, 1))
    answer = dora_client.post(url("tariff_batch", free), BATCH | {"step": "write", "seen": seen_of(first)})
    assert answer.status_code == 409
    assert "41,00 € → 42,00 €" in plain(answer)
    assert len(kept(free)) == 1
    answer = dora_client.post(url("tariff_batch", free), BATCH | {"step": "write", "seen": seen_of(answer)})
    assert answer.status_code == 302
    assert len(services.fees_on(free, JULY)) == 4


def test_a_batch_of_several_prices_says_so(dora_client, free):
    wish = BATCH | {"scope": "all", "minutes": "", "places": ["practice", "school"]}
    shown = plain(dora_client.post(url("tariff_batch", free), wish))
    assert "vont de 37,06 € à 77,05 €" in shown
    assert "4 sous l’honoraire officiel" in shown


def test_one_may_choose_otherwise_and_nothing_is_lost(dora_client, free):
    answer = dora_client.post(url("tariff_batch", free), BATCH | {"step": "edit"})
    assert answer.status_code == 200
    checked = re.findall(r'name="(?:disorders|places)" value="([^"]+)"[^>]* checked', answer.text)
    assert checked == ["a", "b1", "practice", "home"]
    assert 'value="42.00"' in answer.text
    assert kept(free) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"category": "assessment", "minutes": "60"}, "en minutes : 30."),
        ({"category": "collective", "minutes": "60", "disorders": ["g"]}, "que pour b1, b5, b6.4, c1"),
        ({"disorders": ["e"], "places": ["school"]}, "cabinet, domicile, centre de rééducation, hôpital"),
        ({"disorders": []}, "au moins un trouble"),
        ({"places": []}, "au moins un lieu"),
        ({"amount": "4200"}, "plus de vingt fois"),
        ({"amount": "0"}, "supérieur à zéro"),
        ({"from_day": ""}, "obligatoire"),
    ],
)
def test_a_batch_that_matches_nothing_is_refused_with_what_there_is(dora_client, free, typed, said):
    answer = dora_client.post(url("tariff_batch", free), BATCH | typed)
    assert answer.status_code == 422
    assert said in plain(answer)
    assert kept(free) == []


def test_other_professions_add_their_codes_one_by_one(dora_client, free):
    free.profile = {"profession": "nurse"}
    free.save()
    assert "que pour la logopédie" in plain(dora_client.get(url("tariff_batch", free)))
    assert "que pour la logopédie" in plain(dora_client.post(url("tariff_batch", free), BATCH))
    assert url("tariff_batch", free) not in dora_client.get(url("tariffs", free)).text
    assert dora_client.post(url("tariff_add", free), ADD | {"code": "425110", "amount": "9"}).status_code == 302
    assert kept(free) == [("425110", 900, JULY, None)]


def test_a_tariff_is_changed_and_deleted(dora_client, free, acting):
    services.add(acting, free, "711314", 4_550, JULY)
    row = services.rows_of(free).get()
    shown = dora_client.get(url("tariff", free, row.pk))
    assert 'value="45,50"' in shown.text
    assert "Les factures déjà émises gardent leurs montants" in plain(shown)
    sent = {"amount": "46", "from_day": "2026-07-02", "to_day": "2026-12-31"}
    assert dora_client.post(url("tariff", free, row.pk), sent).status_code == 302
    assert kept(free) == [("711314", 4_600, date(2026, 7, 2), date(2026, 12, 31))]
    assert dora_client.get(url("tariff_delete", free, row.pk)).status_code == 405
    assert dora_client.post(url("tariff_delete", free, row.pk)).status_code == 302
    assert kept(free) == []
    assert dora_client.post(url("tariff_delete", free, row.pk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"to_day": ""}, "Le tarif de 48,00 € depuis le 01/09/2026"),
        ({"to_day": "2026-09-15"}, "Le tarif de 48,00 € depuis le 01/09/2026"),
        ({"from_day": "2026-09-15", "to_day": "2026-09-20"}, "Le tarif de 48,00 € depuis le 01/09/2026"),
        ({"from_day": "2026-01-15"}, "Le tarif de 40,00 € du 01/01/2026 au 30/06/2026"),
        ({"to_day": "2026-06-30"}, "La fin précède le début"),
        ({"amount": "1000"}, "plus de vingt fois"),
    ],
)
def test_a_refused_change_says_what_is_in_the_way(dora_client, free, acting, typed, said):
    for cents, day in ((4_000, date(2026, 1, 1)), (4_550, JULY), (4_800, date(2026, 9, 1))):
        services.add(acting, free, "711314", cents, day)
    before = kept(free)
    row = services.rows_of(free).get(from_day=JULY)
    sent = {"amount": "45,50", "from_day": "2026-07-01", "to_day": "2026-08-31"} | typed
    answer = dora_client.post(url("tariff", free, row.pk), sent)
    assert answer.status_code == 422
    assert said in plain(answer)
    for word in filter(None, sent.values()):
        assert f'value="{word}"' in answer.text
    assert kept(free) == before


@pytest.fixture
def row(free, acting):
    services.add(acting, free, "711314", 4_550, JULY)
    return services.rows_of(free).get()


def test_a_stranger_meets_no_tariff(charlie_client, free, row):
    for name in NAMES:
        assert charlie_client.get(url(name, free)).status_code == 404, name
        assert charlie_client.post(url(name, free), ADD).status_code in {404, 405}, name
    assert charlie_client.get(url("tariff_code", free, "711314")).status_code == 404
    for name in ("tariff", "tariff_delete"):
        assert charlie_client.post(url(name, free, row.pk), {"amount": "1"}).status_code == 404
    assert kept(free) == [("711314", 4_550, JULY, None)]


def test_the_tariff_of_another_is_not_reached_through_one_s_own_record(dora_client, free, row):
    emma = Professional.objects.for_(free).create(last_name="Autre", profile=free.profile)
    assert dora_client.get(url("tariff", emma, row.pk)).status_code == 404
    assert dora_client.post(url("tariff_delete", emma, row.pk)).status_code == 404
    assert kept(free) == [("711314", 4_550, JULY, None)]


@pytest.mark.parametrize("role", ["colleague", "secretary", "reader"])
def test_who_may_not_change_the_record_reads_its_tariffs(free, row, role):
    client = colleague(free, role)
    shown = client.get(url("tariffs", free))
    assert "45,50 €" in plain(shown)
    assert url("tariff", free, row.pk) not in shown.text
    assert url("tariff_add", free) not in shown.text
    assert client.post(url("tariff_add", free), ADD).status_code == 403
    assert client.post(url("tariff_batch", free), BATCH).status_code == 403
    assert client.post(url("tariff", free, row.pk), {"amount": "1"}).status_code == 403
    assert client.post(url("tariff_delete", free, row.pk)).status_code == 403
    assert kept(free) == [("711314", 4_550, JULY, None)]


def test_what_is_archived_is_only_read(dora_client, free, row):
    free.archived_at = "2026-07-02T00:00Z"
    free.save()
    assert "45,50 €" in plain(dora_client.get(url("tariffs", free)))
    assert dora_client.post(url("tariff_delete", free, row.pk)).status_code == 403


def test_the_record_leads_to_the_tariffs(dora_client, free):
    assert url("tariffs", free) in dora_client.get(f"/professionals/{free.pk}/").text
