"""Information pages: every rule of the law files on exactly one page, with its source and an official site; lists."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.urls import reverse

from quittance.belgium.info import book, frame, gather, lists, words
from quittance.belgium.info.model import Rule, Source, Value
from quittance.belgium.law import nursing_care
from quittance.belgium.numbers import mutuality

pytestmark = pytest.mark.django_db
ROOM = Path(frame.__file__).parents[1]
OFFICIAL = re.compile(
    r"^https?://([a-z0-9-]+\.)*"
    r"(inami\.fgov\.be|riziv\.fgov\.be|riziv\.be|riziv-inami\.fgov\.be|ehealth\.fgov\.be|mycarenet\.be|csam\.be"
    r"|medattest\.be|health\.belgium\.be|ejustice\.just\.fgov\.be)(/|$)"
)
CARD = re.compile(r'<li class="rule" id="([^"]+)">(.*?)(?=<li class="rule" id=|<div class="stack side">)', re.DOTALL)

OPEN = re.compile(r"<details[^>]* open[^>]*><summary><span>(.*?)</span>")


@cache
def law(name):
    """A law file, read here on its own."""
    return yaml.safe_load((ROOM / name).read_text(encoding="utf-8"))


def told_by_the_law_files():
    """Name, source text and value of every rule, from the files and not from what gathers them."""
    for name, row in law("law/parameters.yaml").items():
        yield name, [one["source"] for one in row["values"]]
    for part in ("third_party", "supplements"):
        for at, row in enumerate(law(f"law/{part}.yaml")["rows"], 1):
            yield f"{part}.{at}", [row["source"]]
    for row in law("law/quotas.yaml")["rows"]:
        yield f"quotas.{row['period']}.{(row.get('limits') or row['groups'])[0]}", [row["source"]]
    yield "holidays", [law("law/holidays.yaml")["source"]]
    yield from speech()
    yield from nursing()
    documents = law("documents/rules.yaml")
    for name, row in documents["parameters"].items():
        yield f"documents.{name}", labels(documents, row["values"])
    for row in documents["supporting"]:
        yield f"documents.supporting.{row['reason']}", labels(documents, [row])
    yield from access()
    for name in ("ct1", "ct2"):
        yield f"insurability.{name}", [law("law/insurability.yaml")["source"]]
    with (ROOM / "tariffs/sources.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield f"tariffs.{row['table']}", [row["publisher"]]


def labels(content, rows):
    return [content["sources"][row["source"]]["label"] for row in rows]


def speech():
    content = law("law/speech.yaml")
    for name, row in content["kinds"].items():
        yield f"speech.units.{name}", labels(content, row["units"])
    for name, row in content["parameters"].items():
        yield f"speech.{name}", labels(content, row["values"])
    known = content["parameters"].keys() | content["labels"].keys()
    for code, row in content["disorders"].items():
        for name in row.keys() & known:
            yield f"speech.{name}.{code}", labels(content, row[name])
        yield f"speech.disorder.{code}", []
        if row.get("needs") or row.get("apart_from"):
            yield f"speech.needs.{code}", []
    yield "speech.excluded_services", []


def nursing():
    content = law("law/nursing_care.yaml")
    for name, row in content["parameters"].items():
        yield f"nursing.{name}", labels(content, row["values"])
    for name in content["identity"]:
        yield f"identity.{name}", []
    for name in ("items", "offices", "codes", "session_acts"):
        yield f"nursing.{name}", []
    for row in law("law/nursing.yaml")["flat_rates"]:
        yield f"nursing.flat_rate.{row['level']}", [law("law/nursing.yaml")["source"]]


def access():
    content = law("law/access.yaml")
    scopes = {row["code"]: row for row in content["scopes"]}
    for row in content["types"]:
        yield f"access.{row['code']}", labels(content, [scopes[row["code"]]])
    for row in content["rights"]:
        yield f"access.right.{row['code']}", labels(content, [scopes[row["scope"]]])
    for party, rows in content["steps"].items():
        for row in rows:
            yield f"access.step.{party}.{row['code']}", labels(content, [row])


def test_every_rule_of_the_law_is_on_one_page_with_its_sources_and_an_official_site(dora_client):
    cards: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for slug in frame.topics():
        page = dora_client.get(reverse("belgium:info_topic", args=[slug]))
        assert page.status_code == 200
        for name, text in CARD.findall(page.content.decode()):
            cards[name] = unescape(text)
            seen[name] += 1
    assert [name for name, times in seen.items() if times != 1] == []
    expected = dict(told_by_the_law_files())
    assert expected.keys() - cards.keys() == set()
    assert len(expected) > 250
    for name, sources in expected.items():
        missing = [one for one in sources if one not in cards[name]]
        assert not missing, f"{name} does not show {missing}"
    for name, text in cards.items():
        links = re.findall(r'href="([^"]+)"', text)
        assert any(is_page(link) for link in links), f"{name} links no official page: {links}"


def is_page(link):
    """Whether a link is to a page of an authority, not to the home of its site."""
    return OFFICIAL.match(link) and urlsplit(link).path.strip("/")


def test_the_rules_stand_in_the_order_of_their_file():
    names = [one.name for one in book.of_topic("speech") if one.name.endswith(".b4")]
    figures = [
        f"speech.{name}.b4" for name in law("law/speech.yaml")["disorders"]["b4"] if name not in ("label", "text")
    ]
    assert names == ["speech.disorder.b4", *figures]


def test_what_is_gathered_is_what_the_pages_show(dora_client):
    shown = {name for slug in frame.topics() for name in (one.name for one in book.of_topic(slug))}
    assert shown == gather.rules().keys()


def test_every_card_says_how_sure_it_is_and_until_when():
    for name, rule in gather.rules().items():
        assert rule.label not in ("", name), f"{name} has no label"
        for value in rule.values:
            assert value.source.label, name
            assert value.source.mark in "OPTDBC", f"{name}: say how far “{value.source.label}” is to be trusted"
            assert words.shown(value) != value.unit, name


def test_the_frame_links_official_sites_only_and_says_what_to_look_for():
    links = [one.url for one in frame.authorities().values()]
    for page in frame.pages().values():
        assert page.search, page.code
        assert page.exact == bool(page.found), f"{page.code}: say where its address was found"
        links += [page.href, *([page.also[1]] if page.also else [])]
    assert [one for one in links if not OFFICIAL.match(one)] == []


def test_every_source_cited_by_its_title_is_still_cited():
    cited = {
        row["source"] for part in ("third_party", "supplements", "quotas") for row in law(f"law/{part}.yaml")["rows"]
    }
    cited |= {one["source"] for row in law("law/parameters.yaml").values() for one in row["values"]}
    cited |= {law(f"law/{name}.yaml")["source"] for name in ("holidays", "insurability", "nursing")}
    assert frame.content()["cited"].keys() == cited


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("reduction_nurse", "convention"),
        ("third_party.7", "third-party"),
        ("speech.quota.b1", "speech"),
        ("nursing.c_visits", "nursing"),
        ("nursing.identity_serial", "identity"),
        ("quotas.year.567011", "physiotherapy"),
        ("documents.recap_copies", "documents"),
        ("tariffs.logopedie-2026", "prices"),
    ],
)
def test_a_rule_has_an_address_that_opens_its_card(dora_client, name, slug):
    url = book.url_of(name)
    assert url == f"/be/info/{slug}/?rule={name}#{name}"
    assert f'id="{name}"' in dora_client.get(url).content.decode()


def test_every_step_of_an_explanation_has_a_page():
    from quittance.belgium.info import url_of

    for step in law("law/labels.yaml")["rules"]:
        assert url_of(step).startswith("/be/info/"), step
    assert url_of("belgium.reimbursement.reduced") == "/be/info/convention/"
    with pytest.raises(LookupError, match="nothing"):
        url_of("nothing")


def of(*values, row=False):
    source = Source("x", "", "O")
    return Rule("x", "X", tuple(Value(raw, "count", first, last, source) for raw, first, last in values), row=row)


def day(year, month=1):
    return date(year, month, 1)


def test_the_value_of_today_is_first_and_the_others_are_history():
    rule = of((3, day(2027), None), (2, day(2025), day(2026, 12)), (1, day(2020), day(2024, 12)))
    card = book.card(gather.rules()["nursing.c_single_visit"], day(2026))
    assert (card.first.text, [one.text for one in card.older], card.state) == ("oui", ["non"], "")
    assert words.state(rule.values, day(2026)) == "after"
    assert rule.on(day(2026)).raw == 2
    assert of((1, day(2030), None)).on(day(2026)) is None
    assert words.state(of((1, day(2030), None)).values, day(2026)) == "before"


def test_a_figure_that_ended_stays_in_sight_and_says_so(dora_client):
    text = dora_client.get("/be/info/convention/").content.decode()
    card = dict(CARD.findall(text))["reduction_nurse"]
    assert "pas de valeur connue aujourd’hui" in card
    assert "du 01/01/2018 au 31/12/2018" in card
    assert "75 %" in card


def test_what_is_in_force_comes_first():
    today = date(2026, 11, 27)
    known = [bool(one.rule.on(today)) for group in book.groups("prices", today) for one in group.cards]
    assert known == sorted(known, reverse=True)
    assert set(known) == {True, False}
    labels = [one.label for one in book.groups("nursing", today)]
    assert labels[0] == "Échelle de Katz et évaluations"
    assert labels == [one for one in frame.content()["groups"] if one in labels]


def test_a_row_of_the_law_that_is_over_is_folded_and_opens_when_asked(dora_client):
    closed = dora_client.get("/be/info/third-party/").content.decode()
    opened = dora_client.get(book.url_of("third_party.5")).content.decode()
    assert closed.count("<details") == opened.count("<details")
    assert (len(OPEN.findall(closed)), len(OPEN.findall(opened))) == (0, 1)
    assert closed.index('id="third_party.1"') < closed.index("Règles d’avant") < closed.index('id="third_party.5"')


def test_a_long_topic_is_folded_by_group_and_the_group_asked_for_is_open(dora_client):
    text = dora_client.get(book.url_of("speech.quota.f")).content.decode()
    assert [unescape(title) for title in OPEN.findall(text)] == ["f · Dysphasie"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tiers payant", 'href="/be/info/third-party/"'),
        ("TIERS PAY", 'href="/be/info/third-party/"'),
        ("katz", "#nursing.items"),
        ("dysphasie ecole", "#speech.school_months.f"),
        ("103132", "#third_party.7"),
        ("medattest", "commande-attestationssoins.aspx"),
    ],
)
def test_search_finds_topics_rules_codes_and_official_pages(dora_client, typed, expected):
    page = dora_client.get("/be/info/", {"q": typed}, headers={"hx-request": "true"})
    text = unescape(page.content.decode())
    assert expected in text
    assert "<html" not in text


def test_search_says_what_it_left_out_and_what_to_do_without_result(dora_client):
    many = dora_client.get("/be/info/", {"q": "s"}).content.decode()
    assert re.search(r"\d+ autres règles : tapez un mot de plus", many)
    assert many.count('role="option"') < 70
    none = dora_client.get("/be/info/", {"q": "zzz"}).content.decode()
    assert "Aucune règle trouvée" in none


def test_an_unknown_topic_is_not_found(dora_client):
    assert dora_client.get("/be/info/nothing/").status_code == 404


def test_the_index_offers_every_topic_and_the_official_pages(dora_client):
    text = dora_client.get("/be/info/").content.decode()
    for slug in frame.topics():
        assert f'href="/be/info/{slug}/"' in text
    for words_of in ("Carnets de prescription", "jurisprudence", "Publicité", "ProSanté", "Facturation électronique"):
        assert words_of in text
    assert 'href="/be/info/competences/"' in text
    assert 'href="/be/info/mutualities/"' in text


def test_competences_are_found_by_code_by_words_and_by_profession(dora_client):
    def codes(**asked):
        text = dora_client.get("/be/info/competences/", asked, headers={"hx-request": "true"}).content.decode()
        return re.findall(r'class="code">(\d+)<', text)

    assert "180" in codes(q="geriatrie")
    assert codes(q="180") == ["180"]
    assert codes(q="801", profession="1") == []
    assert "801" in codes(profession="6")
    assert len(codes()) == len(lists.competences())


def test_a_whole_number_is_explained_doubted_or_refused(dora_client):
    def answer(typed):
        return dora_client.get("/be/info/competences/", {"q": typed}).content.decode()

    assert "gradué en logopédie" in answer("6-12345-16-801")
    assert "on attend 16" in answer("6-12345-17-801")
    assert "gardée sans être expliquée" in answer("4-85944-26-401")
    assert "groupement" in answer("94000126").lower()


def test_mutualities_are_found_by_number_name_and_town(dora_client):
    def answer(typed):
        page = dora_client.get("/be/info/mutualities/", {"q": typed}, headers={"hx-request": "true"})
        return unescape(page.content.decode())

    assert "Mutualité Saint-Michel" in answer("135")
    assert "Mutualité Saint-Michel" in answer("saint mich")
    assert "101" in answer("antwer")
    assert "Aucune mutualité trouvée" in answer("zzz")
    every = answer("")
    assert every.count('class="code"') == len(mutuality.insurers())
    assert "100 · Alliance nationale des mutualités chrétiennes" in every


def test_the_lists_say_of_which_year_they_are(dora_client):
    assert "Cette liste est de 2018" in dora_client.get("/be/info/mutualities/").content.decode()
    competences = dora_client.get("/be/info/competences/").content.decode()
    assert "liste de 2019" in competences
    assert "aucune liste trouvée" in competences


def test_whoever_is_not_logged_in_is_sent_to_the_login(client):
    for name in ("info", "info_competences", "info_mutualities"):
        assert client.get(reverse(f"belgium:{name}")).status_code == 302


def test_units_are_written_in_words():
    source = Source("x", "", "O")

    def text(raw, unit):
        return words.shown(Value(raw, unit, None, None, source))

    assert (text(7500, "bp"), text(7550, "bp"), text(1755, "cents")) == ("75 %", "75,50 %", "17,55\u202f€")
    assert (text(1, "months"), text(2, "days"), text(10, "years")) == ("1 mois", "2 jours", "10 ans")
    assert (text(1, "units"), text(0, "flag"), text(None, "cents"), text("A", "word")) == (
        "1 séance",
        "non",
        "non connu",
        "A",
    )
    assert words.plain("Visite de base à domicile (1 = oui)") == ("Visite de base à domicile", "flag")
    assert words.plain("Durée, en mois") == ("Durée", "months")
    assert words.choice("Forfait C : 1 = l'un à 4, 0 = l'un à 3", 0) == ("Forfait C", "l'un à 3")
    assert all("(1 = oui)" not in one.label for one in gather.rules().values())
    assert len(nursing_care.parameters()) > 40


def test_only_the_site_of_an_authority_is_official():
    assert frame.is_official("https://webappsa.riziv-inami.fgov.be/Nomen/fr/701013")
    assert not frame.is_official("https://notinami.fgov.be.example.org/")
    assert not frame.is_official("https://evilriziv.be/")
    assert not frame.is_official("")
