"""Monthly recap of a mutuality: grouping, two copies, deadline."""

from dataclasses import replace
from datetime import date

import pytest

from quittance.belgium.documents.recap import deadline, is_late, payment_by, recap_pdf, recaps
from quittance.belgium.documents.rules import DocumentError
from quittance.belgium.documents.words import Language, words
from tests.belgium.documents.making import ACCOUNT, LONG, LONG_CHILD, SPEECH, entry, recap, texts


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (date(2026, 9, 1), date(2026, 11, 30)),
        (date(2026, 11, 1), date(2027, 1, 31)),
        (date(2026, 12, 1), date(2027, 2, 28)),
        (date(2027, 12, 1), date(2028, 2, 29)),
    ],
)
def test_two_months_after_the_month_of_care(month, last):
    assert deadline(month) == last
    assert not is_late(recap(month=month, issued=last))
    assert is_late(recap(month=month, issued=date.fromordinal(last.toordinal() + 1)))


def test_paid_by_the_end_of_the_next_month():
    assert payment_by(date(2026, 12, 3)) == date(2027, 1, 31)


def test_one_list_by_mutuality_and_month():
    entries = [
        entry(1),
        entry(2, mutuality="306"),
        entry(3, care=date(2026, 10, 1)),
        entry(4, care=date(2026, 9, 1)),
    ]
    found = recaps(SPEECH, entries, ACCOUNT, date(2026, 11, 2))
    assert [(one.mutuality, one.month, [str(row.number)[-2:] for row in one.entries]) for one in found] == [
        ("135", date(2026, 9, 1), ["01", "04"]),
        ("135", date(2026, 10, 1), ["03"]),
        ("306", date(2026, 9, 1), ["02"]),
    ]
    assert sum(one.cents for one in found) == sum(one.cents for one in entries)


def test_two_copies_with_everything():
    pages = texts(recap_pdf(recap()))
    assert len(pages) == 2
    assert "Exemplaire 1 sur 2, pour la mutualité" in pages[0]
    assert "Exemplaire 2 sur 2, à garder par le prestataire" in pages[1]
    for page in pages:
        for mention in (
            "État récapitulatif Soins de septembre 2026",
            "N° INAMI 6-12345-16-801",
            "135 · Mutualité Saint-Michel",
            "12*3456 / 01 Noé Lambrechtsen 17.07.30-033.84 32,00",
            "12*3456 / 02 Zoé Wautersen 17.07.30-033.84 1 200,50",
            "Total · 2 attestations 1 232,50 €",
            "À verser sur le compte " + " ".join(ACCOUNT[place : place + 4] for place in range(0, 16, 4)),
            "À introduire au plus tard le 30/11/2026",
            "Page 1 / 1",
        ):
            assert mention in page, mention


@pytest.mark.parametrize("language", Language)
def test_every_language_over_several_pages(language):
    entries = tuple(entry(n, LONG_CHILD.name) for n in range(1, 46))
    pages = texts(recap_pdf(recap(provider=LONG, entries=entries, language=language, duplicate=True)))
    said = words("recap", language)
    assert len(pages) % 2 == 0
    half = len(pages) // 2
    assert half > 1
    for start, number in ((0, 1), (half, 2)):
        copy = " ".join(pages[start : start + half])
        assert said["copy"].format(number=number, copies=2) in copy
        assert copy.count("17.07.30-033.84") == 45
        assert said["count"].format(count=45) in copy
        assert said["duplicate"].upper() in copy
        assert said["deadline"].format(day="30/11/2026") in copy
        assert f"{said['page']} {half} / {half}" in copy


def test_one_certificate_is_one():
    assert "Total · 1 attestation 32,00 €" in texts(recap_pdf(recap(entries=(entry(1),))))[0]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"entries": (replace(entry(1), number=None),)}, "n'est pas imprimée"),
        ({"entries": (entry(1, mutuality="306"),)}, "autre mutualité"),
        ({"entries": (entry(1, care=date(2026, 10, 1)),)}, "autre mois"),
        ({"entries": ()}, "au moins une attestation"),
        ({"account": ""}, "le compte"),
    ],
)
def test_what_no_list_takes(changes, why):
    with pytest.raises(DocumentError, match=why):
        recap_pdf(recap(**changes))
