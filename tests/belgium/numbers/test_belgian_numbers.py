"""Belgian identifiers: known samples, the message of each refusal, and what the check digits guarantee."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.be import bis as std_bis
from stdnum.be import nn as std_nn
from stdnum.be import vat as std_vat

from quittance.belgium.numbers import (
    BisError,
    CheckDigitsError,
    FormError,
    NumberError,
    OldFormError,
    UnknownError,
    bce,
    inami,
    mutuality,
    niss,
    third_party,
)
from quittance.belgium.numbers._shared import check_digits

ALL = [bce, inami, mutuality, niss, third_party]
ON = date(2026, 11, 22)
serials = st.integers(0, 999_999).map("{:06}".format)
born = st.dates(date(1900, 1, 1), date(2026, 11, 22))
orders = st.integers(1, 998)


def niss_of(day, order, extra=0):
    text = f"{day:%y}{day.month + extra:02}{day:%d}{order:03}"
    return text + check_digits(text if day.year < 2000 else f"2{text}")


def changed(number, place, digit):
    return number[:place] + str(digit) + number[place + 1 :]


# INAMI


@pytest.mark.parametrize("number", ["485944-26", "494880-14", "466114-68", "107651-19"])
def test_the_sample_inami_numbers_fit(number):
    assert inami.check(number).value == number.replace("-", "")


def test_wrong_check_digits_of_an_inami_number_say_which_are_expected():
    with pytest.raises(CheckDigitsError, match=r"4-85944-27 sont 27 ; on attend 26"):
        inami.check("485944-27")


@pytest.mark.parametrize("text", ["", "48594426 01", "4859442", "485944264011", "48594X26", "٤٨٥٩٤٤٢٦"])
def test_an_inami_number_of_another_form_is_refused(text):
    with pytest.raises(FormError, match="onze chiffres"):
        inami.check(text)


@pytest.mark.parametrize(
    ("number", "profession", "competence"),
    [
        ("10765119003", "médecin", "médecin généraliste"),
        ("61234516801", "auxiliaire paramédical (logopède, orthoptiste, bandagiste…)", "gradué en logopédie"),
        ("61234516802", "auxiliaire paramédical (logopède, orthoptiste, bandagiste…)", "licencié en logopédie"),
        ("94000126", "groupement d’infirmiers", ""),
        ("48594426", "infirmier ou sage-femme", ""),
        ("01234516", "", ""),
    ],
)
def test_profession_and_competence_are_explained(number, profession, competence):
    assert (inami.profession(number), inami.competence(number)) == (profession, competence)


def test_an_unknown_competence_or_profession_is_kept_with_a_warning():
    assert "compétence 401" in inami.check("48594426401").warnings[0]
    assert "aucune profession" in inami.check(f"012345{check_digits('012345')}").warnings[0]
    assert inami.check("10765119003").warnings == ()


@pytest.mark.parametrize("number", ["61234516803", "10765119003", "48594426"])
def test_a_speech_therapist_has_801_or_802(number):
    assert "801" in inami.check(number, speech=True).warnings[0]


@pytest.mark.parametrize("number", ["61234516801", "61234516802", "61234516"])
def test_the_number_of_a_speech_therapist_raises_no_doubt(number):
    assert inami.check(number, speech=True).warnings == ()


def test_the_lists_are_those_of_the_sources():
    known = inami.competences()
    assert len(known) == 180
    assert {code for first, code in known if first == "6"} == {"801", "802"}
    assert len(mutuality.insurers()) == 84
    assert [one.number for one in mutuality.insurers().values() if one.is_union] == [
        *("100", "200", "300", "400", "500", "600", "900"),
    ]
    assert all(one.name and one.union in mutuality.insurers() for one in mutuality.insurers().values())


@given(serials, st.integers(0, 7), st.integers(0, 9))
def test_one_changed_digit_of_an_inami_number_is_refused(serial, place, digit):
    number = serial + check_digits(serial)
    assume(number[place] != str(digit))
    with pytest.raises(CheckDigitsError):
        inami.check(changed(number, place, digit))


@given(serials, st.sampled_from(["", "001", "003", "801", "999"]))
def test_an_inami_number_printed_is_read_again(serial, end):
    found = inami.check(serial + check_digits(serial) + end)
    assert inami.check(found.shown).value == found.value == serial + check_digits(serial) + end


# third-party number of a group


def test_eight_digits_of_a_group_are_completed_with_001():
    assert third_party.check("940001-26") == ("94000126001", "9-40001-26-001", ())
    assert third_party.check("94000126001").value == "94000126001"


@pytest.mark.parametrize("text", ["940001", "9400012", "940001260", "940001260011", "groupement", ""])
def test_a_group_number_of_another_length_is_refused(text):
    with pytest.raises(FormError, match=r"on attend les huit"):
        third_party.check(text)


def test_check_digits_and_first_digits_of_a_group_are_looked_at():
    with pytest.raises(CheckDigitsError, match="on attend 26"):
        third_party.check("94000127")
    assert "commence par 94" in third_party.check("48594426").warnings[0]
    assert "sont 001, ici 401" in third_party.check("94000126401").warnings[0]


@given(serials, st.integers(0, 7), st.integers(0, 9))
def test_one_changed_digit_of_a_group_number_is_refused(serial, place, digit):
    number = serial + check_digits(serial)
    found = third_party.check(number)
    assert third_party.check(found.shown) == found
    assume(number[place] != str(digit))
    with pytest.raises(CheckDigitsError):
        third_party.check(changed(number, place, digit))


# company number


def test_nine_digits_are_the_old_form_and_the_new_one_is_proposed():
    with pytest.raises(OldFormError, match=r"Mettez un 0 devant : 0777\.777\.078") as refusal:
        bce.check("777.777.078")
    assert refusal.value.proposed == "0777.777.078"
    assert bce.check(refusal.value.proposed).value == "0777777078"


def test_nine_digits_that_fit_nothing_propose_nothing():
    with pytest.raises(OldFormError, match="ne correspondent pas") as refusal:
        bce.check("777777079")
    assert refusal.value.proposed == ""


@pytest.mark.parametrize("typed", ["0777.777.078", "BE 0777 777 078", "TVA BE0777.777.078", "be(0)777.777.078"])
def test_a_company_number_is_read_as_people_write_it(typed):
    assert bce.check(typed) == ("0777777078", "0777.777.078", ())


def test_the_fictional_company_is_warned_about():
    assert "fictif" in bce.check("0999.999.922").warnings[0]


@pytest.mark.parametrize(
    ("typed", "error", "text"),
    [
        ("0777777079", CheckDigitsError, "on attend 78"),
        ("2777777078", FormError, "unité d’établissement"),
        ("07777770", FormError, "dix chiffres"),
        ("0000000000", CheckDigitsError, "Vérifiez"),
        ("société", FormError, "dix chiffres"),
    ],
)
def test_another_company_number_is_refused(typed, error, text):
    with pytest.raises(error, match=text):
        bce.check(typed)


@given(st.integers(1, 19_999_999), st.integers(0, 9), st.integers(0, 9))
def test_one_changed_digit_of_a_company_number_is_refused(serial, place, digit):
    number = f"{serial:08}" + check_digits(f"{serial:08}")
    found = bce.check(number)
    assert bce.check(found.shown).value == found.value == std_vat.validate(number)
    assume(number[place] != str(digit))
    with pytest.raises(NumberError):
        bce.check(changed(number, place, digit))


# national and BIS number


@given(born, orders)
def test_a_national_number_tells_birth_and_sex_as_stdnum_does(day, order):
    number = niss_of(day, order)
    assert niss.check(number, bis=False, on=ON) == (number, std_nn.format(number), ())
    assert niss.check(std_nn.format(number)).value == std_nn.validate(number)
    assert niss.birth_date(number) == std_nn.get_birth_date(number) == day
    assert niss.sex(number) == std_nn.get_gender(number)
    assert not niss.is_bis(number)


@given(born, orders, st.sampled_from([20, 40]))
def test_a_bis_number_tells_birth_and_where_known_sex(day, order, extra):
    number = niss_of(day, order, extra)
    assert niss.check(number, on=ON) == (std_bis.validate(number), std_bis.format(number), ())
    assert niss.birth_date(number) == day
    assert niss.sex(number) == (std_bis.get_gender(number) or "")
    assert niss.is_bis(number)
    with pytest.raises(BisError, match=r"est un numéro BIS .* il faut un numéro de registre national"):
        niss.check(number, bis=False)


@given(born, orders, st.integers(0, 10), st.integers(0, 9))
def test_one_changed_digit_is_refused_unless_it_changes_the_century(day, order, place, digit):
    """The remainder by 97 of one century guarantees it; that of the other may fit by chance."""
    number = niss_of(day, order)
    assume(number[place] != str(digit))
    other = changed(number, place, digit)
    same = other[:9] if day.year < 2000 else f"2{other[:9]}"
    assert check_digits(same) != other[9:]


def test_wrong_check_digits_tell_both_centuries():
    with pytest.raises(CheckDigitsError, match=r"sont 29 ; on attend 28 pour une naissance avant 2000, \d\d à partir"):
        niss.check("85.07.30-033.29")


def test_a_birth_in_the_future_or_unknown_is_warned_about():
    future = "450730033" + check_digits("2450730033")
    assert "30/07/2045, dans l’avenir" in niss.check(future, on=ON).warnings[0]
    assert niss.check(future).warnings == ()
    unknown = "850000033" + check_digits("850000033")
    assert "pas de date de naissance complète" in niss.check(unknown, on=ON).warnings[0]
    assert niss.birth_date(unknown) is None
    odd = "859930033" + check_digits("859930033")
    assert (niss.birth_date(odd), niss.is_bis(odd), len(niss.check(odd).warnings)) == (None, False, 1)


@pytest.mark.parametrize("text", ["", "8507300332", "850730033289", "85073003X28"])
def test_a_national_number_of_another_form_is_refused(text):
    with pytest.raises(FormError, match="onze chiffres"):
        niss.check(text)


# insurers


def test_a_fund_is_named_by_its_number_or_found_by_name_and_town():
    assert mutuality.check("135") == ("135", "135", ())
    assert mutuality.name("135") == "Mutualité Saint-Michel"
    assert mutuality.insurers()["135"].union == "100"
    assert {one.number for one in mutuality.search("tournai")} == {"129", "413"}
    assert [one.number for one in mutuality.search("13")][:2] == ["130", "131"]
    assert mutuality.search("  ") == []
    assert mutuality.name("199") == ""


def test_an_unknown_fund_is_refused_or_where_the_card_decides_warned_about():
    with pytest.raises(UnknownError, match="199 n’est ni une union"):
        mutuality.check("199")
    assert "union 100" in mutuality.check("199", listed=False).warnings[0]
    with pytest.raises(UnknownError):
        mutuality.check("799", listed=False)
    with pytest.raises(FormError, match="trois chiffres"):
        mutuality.check("1355")


# every number


def message_of(check, text):
    """The refusal of a text, or None where it is accepted and its printed form is read again."""
    try:
        found = check(text)
    except NumberError as error:
        return str(error)
    assert check(found.shown).value == found.value
    return None


@given(st.one_of(st.text(), st.text("0123456789 .-/BE", max_size=16)))
def test_any_text_is_accepted_or_refused_in_french(text):
    checks = [module.check for module in ALL]
    checks += [lambda one: inami.check(one, speech=True), lambda one: mutuality.check(one, listed=False)]
    for check in checks:
        message = message_of(check, text)
        assert message is None or (message.endswith(".") and len(message) < 300)
