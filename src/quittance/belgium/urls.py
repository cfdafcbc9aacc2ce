"""Routes of Belgium, below /be/."""

from django.urls import path

from quittance.belgium.pages import patient
from quittance.belgium.routes import info, insurability, nursing, papers, speech, tariffs

app_name = "belgium"
urlpatterns = [
    path("number/<str:name>/", patient.number_part, name="number"),
    path("mutualities/", patient.mutualities_part, name="mutualities"),
    path("mutualities/<str:number>/", patient.mutuality_part, name="mutuality"),
    *info.urlpatterns,
    *insurability.urlpatterns,
    *nursing.urlpatterns,
    *papers.urlpatterns,
    *speech.urlpatterns,
    *tariffs.urlpatterns,
]
