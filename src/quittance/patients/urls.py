"""Routes of patients, covers and prescribers, below /patients/."""

from django.urls import path

from quittance.patients.pages import covers, opened, patients, prescribers

app_name = "patients"
urlpatterns = [
    path("", patients.list_page, name="list"),
    path("create/", patients.new_page, name="create"),
    path("<int:pk>/", patients.detail_page, name="detail"),
    path("<int:pk>/change/", patients.change_page, name="change"),
    path("<int:pk>/delete/", patients.delete_page, name="delete"),
    path("<int:pk>/opened/", opened.opened_page, name="opened"),
    path("<int:pk>/covers/new/", covers.new_page, name="cover_new"),
    path("covers/<int:pk>/", covers.change_page, name="cover"),
    path("covers/<int:pk>/duplicate/", covers.duplicate_page, name="cover_duplicate"),
    path("covers/<int:pk>/default/", covers.default_page, name="cover_default"),
    path("covers/<int:pk>/delete/", covers.delete_page, name="cover_delete"),
    path("payers/", covers.payers_part, name="payers"),
    path("payers/<int:pk>/fields/", covers.payer_fields_part, name="payer_fields"),
    path("prescribers/", prescribers.list_page, name="prescribers"),
    path("prescribers/new/", prescribers.new_page, name="prescriber_new"),
    path("prescribers/<int:pk>/", prescribers.change_page, name="prescriber"),
    path("prescribers/<int:pk>/delete/", prescribers.delete_page, name="prescriber_delete"),
]
