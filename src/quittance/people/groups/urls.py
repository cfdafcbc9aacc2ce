"""Routes of the organisation, below /groups/."""

from django.urls import path

from quittance.people.groups import pages, record_page, rights_pages

app_name = "groups"
urlpatterns = [
    path("", pages.home, name="home"),
    path("create/", pages.create, name="create"),
    path("change/", pages.change, name="change"),
    path("record/", record_page.record, name="record"),
    path("users/add/", pages.user_add, name="user_add"),
    path("users/<int:pk>/", pages.user, name="user"),
    path("users/<int:pk>/end/", pages.user_end, name="user_end"),
    path("users/<int:pk>/main/", pages.hand_over, name="hand_over"),
    path("rights/", rights_pages.table, name="rights"),
    path("rights/history/", rights_pages.history, name="history"),
    path("rights/<int:pk>/<slug:scope>/give/", rights_pages.give, name="right_give"),
    path("rights/<int:pk>/<slug:scope>/take/", rights_pages.take, name="right_take"),
]
