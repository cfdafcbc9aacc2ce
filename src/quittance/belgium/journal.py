"""What the journal calls the pages, the verbs and the rows of Belgium."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from quittance.people.journal.words import Words

_SPEECH, _TARIFFS, _PAPERS = _("Speech therapy of a patient"), _("Own tariffs"), _("Certificates and recaps")
_NURSING, _KATZ = _("Home nursing of a patient"), _("Katz scale of a patient")
_INSURED, _RULES = _("Insurability of a patient"), _("Rules and lists")
PAGES = {
    _INSURED: (
        "insurability",
        "insurability_add",
        "insurability_delete",
        "insurability_exceptions",
        "insurability_period",
    ),
    _RULES: ("info", "info_competences", "info_mutualities", "info_topic"),
    _KATZ: ("katz", "katz_change", "katz_delete", "katz_follow", "katz_level", "katz_new", "wound_add", "wound_delete"),
    _NURSING: ("nursing", "nursing_bill"),
    _PAPERS: (
        "bill_certify",
        "bill_papers",
        "bill_supporting",
        "booklet",
        "booklet_delete",
        "booklet_new",
        "booklets",
        "certificate",
        "certificate_void",
        "papers",
        "papers_print",
        "papers_write",
        "recap",
        "recap_print",
        "recap_write",
        "recaps",
    ),
    _SPEECH: (
        "speech",
        "speech_agreement",
        "speech_agreement_check",
        "speech_agreement_delete",
        "speech_agreement_new",
        "speech_agreement_state",
        "speech_bill",
        "speech_series",
        "speech_series_bill",
        "speech_session",
        "speech_stay",
        "speech_stay_delete",
        "speech_stay_end",
        "speech_stay_new",
    ),
    _TARIFFS: ("tariff", "tariff_add", "tariff_batch", "tariff_code", "tariff_codes", "tariff_delete", "tariffs"),
}
VERBS = {
    "booklet.add": _("Booklet of certificates added"),
    "booklet.change": _("Booklet of certificates changed"),
    "booklet.delete": _("Booklet of certificates deleted"),
    "certificate.print": _("Certificate printed"),
    "certificate.void": _("Certificate made void"),
    "certificate.write": _("Certificate made"),
    "identity.keep": _("Identity of the patient checked"),
    "identity.missing": _("Identity of the patient not checked"),
    "insurability.add": _("Insurability added"),
    "insurability.change": _("Insurability changed"),
    "insurability.delete": _("Insurability deleted"),
    "insurability.exceptions": _("Exceptions of a patient changed"),
    "katz.change": _("Katz evaluation changed"),
    "katz.delete": _("Katz evaluation deleted"),
    "katz.follow": _("Katz evaluation followed up"),
    "katz.keep": _("Katz evaluation kept"),
    "nursing.codes": _("Codes of home nursing chosen"),
    "recap.print": _("Recap printed"),
    "recap.withdraw": _("Recap withdrawn before it was printed"),
    "recap.write": _("Recap made"),
    "speech_agreement.change": _("Agreement changed"),
    "speech_agreement.create": _("Agreement made"),
    "speech_agreement.delete": _("Agreement deleted"),
    "speech_agreement.state": _("Agreement followed up"),
    "speech_stay.change": _("Situation of a patient changed"),
    "speech_stay.create": _("Situation of a patient written"),
    "speech_stay.delete": _("Situation of a patient deleted"),
    "speech_stay.end": _("Situation of a patient ended"),
    "supporting.print": _("Supporting document printed"),
    "tariff.add": _("Own tariff added"),
    "tariff.batch": _("Own tariffs added in a batch"),
    "tariff.change": _("Own tariff changed"),
    "tariff.delete": _("Own tariff deleted"),
    "wound.delete": _("Notification of wound care deleted"),
    "wound.keep": _("Notification of wound care kept"),
}
OBJECTS = {
    "belgium.Booklet": _("booklet"),
    "belgium.CareCertificate": _("certificate"),
    "belgium.CustomTariff": _("own tariff"),
    "belgium.IdentityReading": _("identity check"),
    "belgium.KatzEvaluation": _("Katz evaluation"),
    "belgium.RecapList": _("recap"),
    "belgium.SpeechAgreement": _("agreement"),
    "belgium.SpeechStay": _("situation of a patient"),
    "belgium.WoundCareNotice": _("notification of wound care"),
}
words = Words(
    routes={f"belgium:{name}": label for label, names in PAGES.items() for name in names},
    verbs=VERBS,
    objects=OBJECTS,
)
