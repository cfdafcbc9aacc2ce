"""Routes of the bill page, below /bill/."""

from django.urls import path

from quittance.billing.pages import draft_bill, draft_favourites, draft_new, draft_situation

app_name = "draft"
urlpatterns = [
    path("", draft_new.new, name="new"),
    path("patients/", draft_new.patients, name="patients"),
    path("start/", draft_new.start, name="start"),
    path("favourites/", draft_favourites.favourites, name="favourites"),
    path("favourites/<int:pk>/delete/", draft_favourites.remove, name="favourite_delete"),
    path("<int:pk>/", draft_bill.bill, name="bill"),
    path("<int:pk>/acts/", draft_bill.acts, name="acts"),
    path("<int:pk>/situation/", draft_situation.situation, name="situation"),
    path("<int:pk>/favourite/", draft_favourites.save, name="favourite_save"),
    path("<int:pk>/delete/", draft_new.delete, name="delete"),
]
