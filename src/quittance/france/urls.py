"""Routes of France, below /fr/."""

from django.urls import path

from quittance.france.pages import patient, patient_cover

app_name = "france"
urlpatterns = [
    path("nir/<str:name>/", patient.nir_part, name="nir"),
    path("funds/", patient.funds_part, name="funds"),
    path("funds/<str:regime>/<str:fund>/", patient.fund_fields_part, name="fund_fields"),
    path("year/", patient_cover.year_part, name="year"),
    path("formulas/", patient_cover.formulas_part, name="formulas"),
    path("formulas/<str:code>/", patient_cover.formula_part, name="formula"),
]
