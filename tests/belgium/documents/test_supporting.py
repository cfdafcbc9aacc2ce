"""Supporting document: when the law wants one, why, and what it holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from quittance.belgium.documents.rules import DocumentError
from quittance.belgium.documents.supporting import (
    Channel,
    Other,
    as_duplicate,
    page_of,
    page_pdf,
    reason_of,
    supporting_pdf,
    warnings,
    why_due,
)
from quittance.belgium.documents.words import Language, words
from tests.belgium.documents.making import LONG, LONG_CHILD, session, supporting, texts

PAPER, EATTEST, EFACT = Channel.PAPER, Channel.EATTEST, Channel.EFACT


@pytest.mark.parametrize(
    ("on", "reimbursable", "others", "channel", "reason"),
    [
        (date(2015, 6, 30), True, True, EFACT, None),
        (date(2015, 7, 1), True, True, PAPER, "mixed"),
        (date(2015, 7, 1), True, False, EFACT, "electronic"),
        (date(2015, 7, 1), True, True, EATTEST, "electronic"),
        (date(2015, 7, 1), True, False, PAPER, None),
        (date(2022, 6, 8), False, True, PAPER, None),
        (date(2022, 6, 9), False, True, PAPER, "only_others"),
        (date(2026, 11, 1), False, True, EFACT, "only_others"),
        (date(2026, 11, 1), True, False, PAPER, None),
        (date(2026, 11, 1), False, False, EFACT, None),
    ],
)
def test_when_the_law_wants_one(on, reimbursable, others, channel, reason):
    found = why_due(on, reimbursable=reimbursable, others=others, channel=channel)
    assert (found.name if found else None) == reason
    if found is not None:
        assert found.source.mark == "O"
        assert found.since <= on


def test_where_the_law_wants_none_nothing_is_printed():
    assert supporting_pdf(supporting(others=())) is None
    old = Other(date(2022, 6, 8), "Rapport", 4000)
    assert supporting_pdf(supporting(reimbursable=(), others=(old,))) is None
    assert supporting_pdf(supporting(reimbursable=(), others=(replace(old, day=date(2022, 6, 9)),))) is not None


def test_the_contents():
    [text] = texts(supporting_pdf(supporting()))
    for mention in (
        "Document justificatif N° 2026-0042",
        "Maëlle Vandenbroucke-Dufrasne",
        "N° d'entreprise (BCE) 0777.777.078",
        "Noé Lambrechtsen",
        "01/09/2026 712014 Séance individuelle de logopédie de 30 minutes 44,50 7,50 5,00 32,00",
        "Total 89,00 15,00 10,00 64,00",
        "08/09/2026 Rapport pour l'école 40,00",
        "prestations remboursables 25,00 €",
        "prestations non remboursables 40,00 €",
        "Total à votre charge 65,00 €",
        "Acompte du 25/08/2026 −10,00 €",
        "Payé −20,00 €",
        "Reste à payer 35,00 €",
        "article 53, § 1er/2",
        "avec des prestations non remboursables.",
        "pas à remettre à la mutualité",
    ):
        assert mention in text, mention
    assert "eAttest" not in text
    assert "DUPLICATA" not in text


def test_what_was_paid_beyond_is_given_back():
    assert "À vous rendre 35,00 €" in texts(supporting_pdf(supporting(paid_cents=9000)))[0]


def test_a_deposit_on_reimbursable_care_is_told():
    [said] = warnings(supporting())
    assert "commission de conventions" in said
    assert warnings(supporting(deposits=())) == []
    assert warnings(supporting(reimbursable=())) == []


def test_only_other_acts():
    [text] = texts(supporting_pdf(supporting(reimbursable=(), deposits=(), paid_cents=4000)))
    assert "Prestations remboursables" not in text
    assert "Reste à payer 0,00 €" in text


def test_the_number_of_the_eattest_is_obligatory_and_printed():
    sent = supporting(channel=EATTEST, eattest="OOO-1-260930-0000001-55", others=())
    assert "(eAttest) OOO-1-260930-0000001-55" in texts(supporting_pdf(sent))[0]
    with pytest.raises(DocumentError, match="champ « Numéro de reçu eAttest »"):
        supporting_pdf(replace(sent, eattest=""))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Version 2 ; remplace celle du 30/09/2026"),
        ("nl", "Versie 2; vervangt die van 30/09/2026"),
        ("de", "Fassung 2; ersetzt die vom 30/09/2026"),
    ],
)
def test_a_later_version_says_which_one_it_replaces(language, said):
    later = supporting(language=Language(language), version=2, replaces=date(2026, 9, 30), issued=date(2026, 10, 2))
    assert said in texts(supporting_pdf(later))[0]
    assert said not in texts(supporting_pdf(replace(later, version=1, replaces=None)))[0]


def test_the_company_number_is_obligatory():
    with pytest.raises(DocumentError, match="BCE"):
        supporting_pdf(supporting(provider=replace(LONG, bce="")))


@pytest.mark.parametrize("language", Language)
def test_every_language_with_long_names_and_many_acts(language):
    many = tuple(
        session(date(2026, 9, 1) + timedelta(days=n), "Un très long libellé de prestation " * 3) for n in range(34)
    )
    full = supporting(provider=LONG, patient=LONG_CHILD, reimbursable=many, channel=EFACT, language=language)
    reason = reason_of(full)
    assert reason is not None
    assert reason.name == "electronic"
    pages = texts(page_pdf(as_duplicate(page_of(full, reason))))
    said = words("supporting", language)
    whole = " ".join(pages)
    assert len(pages) == 3
    for key in ("title", "reimbursable", "others", "asked", "balance", "keep", "electronic"):
        assert said[key] in whole, key
    assert whole.count("712014") == 34
    assert said["duplicate"].upper() in pages[0]
    assert all(f"{said['page']} {number} / 3" in page for number, page in enumerate(pages, 1))
