"""Routes of Belgium: speech therapy."""

from __future__ import annotations

from django.urls import URLPattern, path

from quittance.belgium.pages import speech, speech_agreements, speech_series, speech_stays

urlpatterns: list[URLPattern] = [
    path("speech/<int:pk>/", speech.page, name="speech"),
    path("speech/<int:pk>/session/", speech.session_part, name="speech_session"),
    path("speech/<int:pk>/bill/", speech.bill, name="speech_bill"),
    path("speech/<int:pk>/series/", speech_series.page, name="speech_series"),
    path("speech/<int:pk>/series/bill/", speech_series.bill, name="speech_series_bill"),
    path("speech/<int:pk>/agreements/new/", speech_agreements.new, name="speech_agreement_new"),
    path("speech/<int:pk>/agreements/check/", speech_agreements.check_part, name="speech_agreement_check"),
    path("speech/agreements/<int:pk>/", speech_agreements.change, name="speech_agreement"),
    path("speech/agreements/<int:pk>/state/", speech_agreements.state, name="speech_agreement_state"),
    path("speech/agreements/<int:pk>/delete/", speech_agreements.delete, name="speech_agreement_delete"),
    path("speech/<int:pk>/stays/new/", speech_stays.new, name="speech_stay_new"),
    path("speech/stays/<int:pk>/", speech_stays.change, name="speech_stay"),
    path("speech/stays/<int:pk>/end/", speech_stays.end, name="speech_stay_end"),
    path("speech/stays/<int:pk>/delete/", speech_stays.delete, name="speech_stay_delete"),
]
