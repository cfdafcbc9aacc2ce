"""Routes of substitutes, below `substitutes/`."""

from django.urls import path

from quittance.people.substitutes.pages import calendar, records

app_name = "substitutes"
urlpatterns = [
    path("", records.list_page, name="list"),
    path("new/", records.new_page, name="new"),
    path("<int:pk>/", records.detail_page, name="detail"),
    path("<int:pk>/change/", records.change_page, name="change"),
    path("<int:pk>/link/", records.link_page, name="link"),
    path("<int:pk>/prove/", records.prove_page, name="prove"),
    path("<int:pk>/holders/", records.attach_page, name="attach"),
    path("<int:pk>/delete/", records.delete_page, name="delete"),
    path("days/<int:pk>/", calendar.days_page, name="days"),
    path("days/<int:pk>/confirm/", calendar.confirm_page, name="confirm"),
    path("days/<int:pk>/untick/", calendar.untick_page, name="untick"),
]
