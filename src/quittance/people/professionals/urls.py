"""Routes of professionals, below /professionals/."""

from django.urls import path

from quittance.people.professionals.pages import dated, preferences, records, situations

app_name = "professionals"
urlpatterns = [
    path("", records.list_page, name="list"),
    path("mine/", records.mine_page, name="mine"),
    path("new/", records.new_page, name="new"),
    path("<int:pk>/", records.detail_page, name="detail"),
    path("<int:pk>/change/", records.change_page, name="change"),
    path("<int:pk>/contact/", records.contact_page, name="contact"),
    path("<int:pk>/delete/", records.delete_page, name="delete"),
    path("<int:pk>/restore/", records.restore_page, name="restore"),
    path("<int:pk>/preferences/", preferences.preferences_page, name="preferences"),
    path("<int:pk>/situations/new/", situations.new_page, name="situation_new"),
    path("<int:pk>/situations/<int:row>/", situations.change_page, name="situation"),
    path("<int:pk>/situations/<int:row>/archive/", situations.archive_page, name="situation_archive"),
]
for part, new, change, delete in dated.VIEWS:
    urlpatterns += [
        path(f"<int:pk>/{part.name}/new/", new, name=f"{part.name}_new"),
        path(f"<int:pk>/{part.name}/<int:row>/", change, name=f"{part.name}_change"),
        path(f"<int:pk>/{part.name}/<int:row>/delete/", delete, name=f"{part.name}_delete"),
    ]
