"""Routes of own tariffs, below /be/."""

from __future__ import annotations

from django.urls import URLPattern, path

from quittance.belgium.pages import tariffs, tariffs_add, tariffs_batch, tariffs_change

urlpatterns: list[URLPattern] = [
    path("professionals/<int:pk>/tariffs/", tariffs.list_page, name="tariffs"),
    path("professionals/<int:pk>/tariffs/add/", tariffs_add.add_page, name="tariff_add"),
    path("professionals/<int:pk>/tariffs/codes/", tariffs_add.codes_part, name="tariff_codes"),
    path("professionals/<int:pk>/tariffs/codes/<str:code>/", tariffs_add.code_part, name="tariff_code"),
    path("professionals/<int:pk>/tariffs/batch/", tariffs_batch.batch_page, name="tariff_batch"),
    path("professionals/<int:pk>/tariffs/<int:row>/", tariffs_change.change_page, name="tariff"),
    path("professionals/<int:pk>/tariffs/<int:row>/delete/", tariffs_change.delete_page, name="tariff_delete"),
]
