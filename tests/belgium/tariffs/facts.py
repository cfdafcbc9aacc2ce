"""A small folder of gathered facts, of the form that the builder reads; amounts made for the tests."""

from __future__ import annotations

from pathlib import Path

SPEECH = """code,article,paragraph,pathology,session_type,place,minutes,key_letter,coefficient,key_value,fee,\
reimb_ordinary_conventioned,reimb_bim,reimb_ordinary_nonconventioned,copay_ordinary,copay_bim,valid_from,valid_to
701013,36,1,any,initial_assessment,ambulatory,30,R,17.5,2.0,35.00,30.00,33.00,22.50,5.00,2.00,2026-01-01,
701083,36,1,any,initial_assessment,hospitalised,30,R,17.5,2.0,35.00,30.00,33.00,22.50,5.00,2.00,2026-01-01,
711314,36,a,oral,individual,office,30,R,17.5,1.0,17.50,15.00,16.50,11.25,2.50,1.00,2026-01-01,
711351,36,a,oral,individual,school,30,R,17.5,1.0,17.50,15.00,16.50,11.25,2.50,1.00,2026-01-01,
711384,36,a,oral,individual,hospitalised,30,R,17.5,1.0,17.50,15.00,16.50,11.25,2.50,1.00,2026-01-01,
"""
ABOLISHED = "code_amb,code_hosp,label,valid_to\n702015,702085,bilan,2024-07-31\n"
HISTORY = """valid_from,initial_assessment_30,evolution_assessment,individual_30,individual_30_school,individual_60,\
collective,note
2023-01-01,30.00,40.00,15.00,14.00,,,x
2024-01-01,42.75*,51.50*,,,,,x
2026-01-01,35.00,,17.50,,,,x
"""
MEDICAL = """code,label,condition,valid_from,fee,reimb_ordinary,reimb_bim,copay_ordinary,copay_bim,source
101032,consultation,no GMD,2024-01-01,25.00,20.00,24.00,5.00,1.00,VNZ list 2024-01-01
101032,consultation,GMD,2024-01-01,25.00,21.00,24.50,4.00,0.50,VNZ list 2024-01-01
"""
PHYSIO = """code,label,valid_from,fee,reimb_ordinary,reimb_bim,copay_ordinary,copay_bim,source
560011,30 min,2024-01-01,30.00,23.75,27.50,6.25,2.50,CM page kinesisten tarieven 2024
"""
GROUPS = "group,sessions_or_lists,code\ncommon,10-18,560011\ncommon,10-18,560114\n"
CODES = """code,label,kind,place,day,W_coefficient,source
425110,toilet,technical,home,weekday,1.167,x
426510,"urgent day visit, palliative",pseudo-code,,,0,x
"""
NURSING = """code,label,place,day,fee,reimb_ordinary,copay_ordinary,reimb_bim,copay_bim,valid_from
425110,toilet,home,weekday,5.00,4.00,1.00,5.00,0.00,2018-01-01
"""
FILES = {
    "logopedics_art36_tariffs_2026.csv": SPEECH,
    "logopedics_art36_abolished.csv": ABOLISHED,
    "logopedics_fee_history.csv": HISTORY,
    "gp_specialist_dentist_tariffs.csv": MEDICAL,
    "physio_art7_tariffs.csv": PHYSIO,
    "physio_code_groups.csv": GROUPS,
    "nursing_art8_codes.csv": CODES,
    "nursing_art8_tariffs_2018.csv": NURSING,
}


def folder(at: Path, name: str = "", old: str = "", new: str = "") -> Path:
    """The files in a folder; in the one named, `old` is written `new`."""
    at.mkdir(parents=True, exist_ok=True)
    for file, text in FILES.items():
        assert file != name or old in text
        (at / file).write_text(text.replace(old, new, 1) if file == name else text, encoding="utf-8")
    return at
