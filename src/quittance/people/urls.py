"""Routes of login and of choosing for whom one works."""

from django.urls import path

from quittance.people import choosing, pages

app_name = "people"
urlpatterns = [
    path("login/", pages.login_page, name="login"),
    path("login/demo/<int:pk>/", pages.demo_login, name="demo_login"),
    path("logout/", pages.logout_page, name="logout"),
    path("choose/", choosing.choose_page, name="choose"),
]
