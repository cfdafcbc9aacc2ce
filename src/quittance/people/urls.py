"""Routes of the demo's login, of leaving and of choosing for whom one works."""

from django.urls import path

from quittance.people import choosing, hub
from quittance.people.accounts.pages import door

app_name = "people"
urlpatterns = [
    path("login/demo/<int:pk>/", door.demo, name="demo_login"),
    path("logout/", door.leave, name="logout"),
    path("practice/", hub.practice, name="practice"),
    path("choose/", choosing.choose_page, name="choose"),
]
