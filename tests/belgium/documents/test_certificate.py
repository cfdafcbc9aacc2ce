"""Certificate of care given: mentions, struck lines, receipt part, several certificates."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from quittance.belgium.documents.certificate import (
    Box,
    Number,
    after,
    certificate_pdf,
    copay_box,
    missing,
    page_of,
    split,
)
from quittance.belgium.documents.rules import DocumentError
from quittance.belgium.documents.words import Language, words
from tests.belgium.documents.making import CHILD, LONG, LONG_CHILD, SPEECH, certificate, lines, texts


def strokes(pdf):
    """How many slanting lines are drawn: those that strike."""
    drawn = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert drawn is not None
    found, start = 0, [0.0, 0.0]
    for operands, operator in drawn.operations:
        if operator in (b"m", b"l", b"c"):
            end = [float(one) for one in operands[-2:]]
            found += operator == b"l" and all(abs(one - other) > 1 for one, other in zip(start, end, strict=True))
            start = end
    return found


def test_every_mention_is_printed():
    [text] = texts(certificate_pdf(certificate()))
    for mention in (
        "Attestation de soins donnés N° 12*3456 / 07 Modèle K",
        "Noé Lambrechtsen",
        "Place Inventée 4 1300 Wavre",
        "NISS 17.07.30-033.84",
        "135 · Mutualité Saint-Michel",
        "Maëlle Vandenbroucke-Dufrasne",
        "N° INAMI 6-12345-16-801",
        "0777.777.078",
        "01/09/2026 712014",
        "Dr Ursule Inventée · 1-45678-16-003 · Prescription du 20/08/2026",
        "Date de l'accord 28/08/2026",
        "du 01/09/2026 au 31/08/2028",
        "Total des honoraires remboursables 118,50 €",
        "A.R. 15.07.2002 OUI",
        "Date 05/11/2026",
        "Reçu de Noé Lambrechtsen pour les prestations de l'attestation 12*3456 / 07",
        "Numéro d'entreprise (BCE) 0777.777.078",
        "Montant reçu 118,50 €",
    ):
        assert mention in text, mention
    assert "DUPLICATA" not in text
    assert "Tiers payant" not in text


@pytest.mark.parametrize("language", Language)
def test_every_language(language):
    [text] = texts(certificate_pdf(certificate(language=language, duplicate=True)))
    said = words("certificate", language)
    for key in ("title", "second", "prescriber", "agreement", "period", "total", "box", "yes", "receipt", "received"):
        assert said[key] in text, key
    assert text.count(said["duplicate"].upper()) == 2


def test_the_mark_of_a_conventioned_provider():
    [text] = texts(certificate_pdf(certificate(provider=LONG)))
    assert "N° INAMI 1/6-12345-16-801" in text


def test_no_model_is_invented():
    assert "Modèle" not in texts(certificate_pdf(certificate(model_code="")))[0]


def test_a_second_code_stands_beside_the_first():
    line = replace(lines(1)[0], second_code="425375")
    assert "01/09/2026 712014 425375" in texts(certificate_pdf(certificate(lines=(line,))))[0]


def test_nothing_received_is_written_so():
    [text] = texts(certificate_pdf(certificate(received_cents=0)))
    assert "Montant reçu *0*" in text
    assert "A.R. 15.07.2002 0,00 €" in text


@pytest.mark.parametrize(
    ("count", "struck"), [(1, [16, 17]), (16, [1, 17]), (17, [0, 17]), (18, [0, 16]), (33, [0, 1]), (34, [0, 0])]
)
def test_what_is_not_used_is_struck(count, struck):
    one = certificate(lines=lines(count))
    columns = page_of(one)["columns"]
    assert [column["struck"] for column in columns] == struck
    assert sum(len(column["rows"]) for column in columns) == count
    assert strokes(certificate_pdf(one)) == sum(1 for rows in struck if rows)


@pytest.mark.parametrize("language", Language)
def test_long_names_and_all_lines_stay_on_one_page(language):
    third_party = tuple(replace(line, insurer_cents=3287) for line in lines(34))
    full = certificate(provider=LONG, patient=LONG_CHILD, lines=third_party, language=language, duplicate=True)
    pages = texts(certificate_pdf(full))
    assert len(pages) == 1
    assert pages[0].count("712014") == 34
    assert "1 343,00 €" in pages[0]
    assert f"{words('certificate', language)['third-party']} 1 117,58 €" in pages[0]


@pytest.mark.parametrize("count", [0, 35])
def test_a_certificate_holds_no_more_lines_than_its_form(count):
    with pytest.raises(DocumentError, match="de 1 à 34 lignes"):
        certificate_pdf(certificate(lines=lines(count), period=None))


@pytest.mark.parametrize(
    "number", [Number("123456", 1), Number("12*345", 1), Number("12*3456", 0), Number("12*3456", 51)]
)
def test_a_number_out_of_the_booklet_is_refused(number):
    with pytest.raises(DocumentError, match=r"carnet NN\*NNNN"):
        certificate_pdf(certificate(number=number))


def test_a_booklet_ends_at_fifty():
    on = date(2026, 11, 5)
    assert after(Number("12*3456", 49), on) == Number("12*3456", 50)
    with pytest.raises(DocumentError, match="n'a plus d'attestation"):
        after(Number("12*3456", 50), on)


def test_more_lines_need_more_certificates():
    whole = certificate(lines=lines(70)[::-1], received_cents=40 * 3950, issued=date(2026, 12, 5))
    further = (Number("12*3456", 8), Number("12*3456", 9))
    parts = split(whole, further)
    assert [len(part.lines) for part in parts] == [34, 34, 2]
    assert [part.number.sheet for part in parts] == [7, 8, 9]
    assert [line for part in parts for line in part.lines] == list(lines(70))
    assert [part.received_cents for part in parts] == [34 * 3950, 6 * 3950, 0]
    assert [copay_box(part).word for part in parts] == ["yes", "", ""]
    assert all(len(texts(certificate_pdf(part))) == 1 for part in parts)
    with pytest.raises(DocumentError, match=r"70 prestations demandent 3 attestations de 34 lignes, et 2 numéro"):
        split(whole, further[:1])


def test_what_is_received_beyond_stays_on_the_last():
    parts = split(certificate(lines=lines(35), received_cents=36 * 3950), (Number("12*3456", 8),))
    assert [part.received_cents for part in parts] == [34 * 3950, 2 * 3950]
    assert split(certificate()) == (certificate(),)


def test_the_box_of_the_royal_decree():
    assert copay_box(certificate()) == Box("yes")
    free = tuple(replace(line, copay_cents=0, asked_cents=0) for line in lines(2))
    assert copay_box(certificate(lines=free, received_cents=0)) == Box("no")
    half = tuple(replace(line, copay_cents=275, asked_cents=275, waived_cents=275) for line in lines(2))
    assert copay_box(certificate(lines=half, received_cents=550)).cents == 550
    part = copay_box(certificate(received_cents=2000))
    assert (part.word, part.cents) == ("", 2000)
    assert part.doubt is not None
    assert part.doubt.source.mark == "D"


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, set()),
        (
            {"patient": replace(CHILD, name="", niss="", mutuality="", address=())},
            {"patient", "niss", "mutuality", "address"},
        ),
        ({"provider": replace(SPEECH, bce="", inami="", address=())}, {"bce", "inami", "provider"}),
        ({"prescriber": None, "agreement": None}, {"prescriber", "agreement"}),
        ({"prescriber": None, "agreement": None, "prescribed": False, "agreed": False}, set()),
        ({"issued": date(2026, 9, 2)}, {"future"}),
        ({"period": (date(2026, 9, 2), date(2026, 12, 31))}, {"period"}),
        ({"issued": date(2015, 6, 30)}, {"form", "future"}),
    ],
)
def test_mandatory_mentions(changes, lacking):
    assert set(missing(certificate(**changes))) == lacking


def test_a_group_needs_its_company_number_since_2019():
    group = replace(SPEECH, inami="94000126", bce="")
    days = {"period": None, "lines": lines(1, date(2018, 12, 31)), "prescriber": None, "prescribed": False}
    assert missing(certificate(provider=group, issued=date(2018, 12, 31), **days)) == {}
    assert set(missing(certificate(provider=group, issued=date(2019, 1, 1), **days))) == {"bce"}


def test_a_certificate_that_lacks_a_mention_is_not_printed():
    with pytest.raises(DocumentError, match="Het INSZ van de patiënt ontbreekt"):
        certificate_pdf(certificate(patient=replace(CHILD, niss=""), language=Language.NL))
