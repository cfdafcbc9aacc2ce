"""The NGAP arrays: ranges, masks and hosts that the rules read."""

from __future__ import annotations

from quittance.france.tariffs.ngap import flat
from quittance.france.tariffs.ngap.rows import specialty_codes
from quittance.france.tariffs.ngap.table import prices
from quittance.kernel.dated import OPEN


def built():
    """The arrays for the NGAP codes and one CCAM code among them."""
    number = {code: at for at, code in enumerate(sorted([*flat.codes(), "AFLB001"]))}
    return number, {name: values for name, (_, values) in flat.arrays(number).items()}


def test_every_price_stands_once_in_the_range_of_its_act_oldest_first():
    number, arrays = built()
    seen = 0
    for code, act in number.items():
        first, last = arrays["ngap_row_first"][act], arrays["ngap_row_last"][act]
        days = arrays["ngap_from"][first:last]
        assert days == sorted(days)
        assert len(days) == sum(one.code == code for one in prices())
        seen += len(days)
    assert seen == len(prices()) == len(arrays["ngap_price_cents"])
    assert arrays["ngap_row_first"][number["AFLB001"]] == arrays["ngap_row_last"][number["AFLB001"]]


def test_two_masks_hold_all_specialities():
    for row in prices():
        low, high = flat._low(row), flat._high(row)
        codes = [f"{at:02}" for at in range(1, 61) if low >> at & 1] + [
            f"{at + 60}" for at in range(1, 40) if high >> at & 1
        ]
        assert codes == specialty_codes(row.specialties)
        assert low < 1 << 62
        assert high < 1 << 62


def test_types_hold_their_figures():
    number = {code: at for at, code in enumerate(flat.codes())}
    limits = {"b": 1 << 7, "h": 1 << 15, "i": 1 << 31, "q": 1 << 63}
    for name, (typecode, values) in flat.arrays(number).items():
        assert all(-limits[typecode] <= one < limits[typecode] for one in values), name
    assert max(flat.arrays(number)["ngap_to"][1]) == OPEN


def test_hosts_are_act_numbers_or_whole_lists():
    number, arrays = built()
    urgent = number["MU"]
    hosts = arrays["ngap_host"][arrays["ngap_host_first"][urgent] : arrays["ngap_host_last"][urgent]]
    assert {number["V"], number["VG"], flat.ANY_CCAM} <= set(hosts)
    assert -1 not in arrays["ngap_host"]


def test_flags_stand_in_their_bits():
    number, arrays = built()
    flags = arrays["ngap_flags"]
    assert flags[number["COE"]] == 1 | 2
    assert flags[number["KC"]] == 4
    assert flags[number["IK"]] == 8 | 16
    assert flags[number["MM"]] == 16 | 32
    assert flags[number["AFLB001"]] == 0


def test_only_what_always_needs_agreement_asks_for_it():
    assert {row.code for row in prices() if row.agreement} == {"ORT", "TO"}


def test_labels_are_for_people():
    labels = flat.labels()
    assert set(labels) == set(flat.codes())
    assert all(label[0].isupper() and not label.isupper() and "  " not in label for label in labels.values())
