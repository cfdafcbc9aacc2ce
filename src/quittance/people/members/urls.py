"""Routes of members, below /members/."""

from django.urls import path

from quittance.people.members import pages

app_name = "members"
urlpatterns = [
    path("", pages.list_page, name="list"),
    path("invite/", pages.invite_page, name="invite"),
    path("<int:pk>/", pages.change_page, name="change"),
    path("<int:pk>/end/", pages.end_page, name="end"),
    path("<int:pk>/renew/", pages.renew_page, name="renew"),
]
