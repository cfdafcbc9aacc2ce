"""A small spreadsheet in the form the CNAM publishes, with invented acts (codes in ZQ...)."""

from __future__ import annotations

TITLE = "CCAM version 90 applicable 01/03/2026"
HEADER = (
    'Code,,Texte,Activité,Phase,"Tarif\nSecteur 1 / adhérent OPTAM/OPTAM-ACO\n(en euro)",'
    '"Tarif\nHors secteur 1",Rembt. ss Cdtions,Accord Préalable,Exo. TM,Regroupement'
)
BODY = """1,,SYSTÈME NERVEUX CENTRAL,,,,,,,,
,,À l'exclusion de : analgésie postopératoire,,,,,,,,
,,,,,,,,,,
01.01,,Actes diagnostiques,,,,,,,,
,,,,,,,,,,
ZQFA001,,"Acte d'essai, avec anesthésie",1,0,51.84,40.10,,AP,1,ADC
"[A, F, J, L, 7]",,Formation : spécifique à cet acte,,,,,,,,
,,anesthésie,4,0,61.24,61.24,,,,ADA
,,"(ZQFA002, ZZLP025)",,,,,,,,
ZQFA002,,Acte en deux phases,,,,,RC,,,
,,Phase 1 : pose,1,1,"1 248, 15","1 248, 15",,,2 -7,ATM
,,Phase 2 : ablation,1,2,Non pris en charge,Non pris en charge,,,,ATM
[F],,,,,,,,,,
ZZLP025,,Geste complémentaire,1,0,20.00,20.00,,,5,SDE
,,,,,,,,,,
19.03,,MODIFICATEURS,,,,,,,,
19.03.01,,Urgence,,,,,,,,
F,,Acte réalisé en urgence un dimanche,,,19.06,19.06,,,,
,,Acte réalisé en urgence par les chirurgiens,,,40.00,40.00,,,,
9,,Soins conservateurs,,,+30%,"+15,7%",,,,
B,,Radiographie au bloc,,,0.49,+49%,,,,
"""


def sample(body: str = BODY, *, title: str = TITLE, header: str = HEADER) -> bytes:
    """The bytes of a spreadsheet saved as CSV."""
    return f"{title},,,,,,,,,,\n{header}\n,,,,,,,,,,\n{body}".encode("utf-8-sig")
