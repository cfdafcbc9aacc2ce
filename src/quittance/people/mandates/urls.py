"""Routes of mandates, below /mandates/."""

from django.urls import path

from quittance.people.mandates import pages, start_pages

app_name = "mandates"
urlpatterns = [
    path("", pages.list_page, name="list"),
    path("number/", pages.number_page, name="number"),
    path("give/", start_pages.give_types, name="give"),
    path("give/<slug:code>/", start_pages.give, name="give_type"),
    path("ask/", start_pages.ask_types, name="ask"),
    path("ask/<slug:code>/", start_pages.ask, name="ask_type"),
    path("leave/", pages.leave, name="leave"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/sign/", pages.sign, name="sign"),
    path("<int:pk>/refuse/", pages.refuse, name="refuse"),
    path("<int:pk>/withdraw/", pages.withdraw, name="withdraw"),
    path("<int:pk>/end/", pages.end, name="end"),
    path("<int:pk>/invite/", start_pages.invite, name="invite"),
]
