"""Routes of Belgium: papers."""

from __future__ import annotations

from django.urls import URLPattern, path

from quittance.belgium.pages import papers, papers_bill, papers_booklets, papers_certificate, papers_recaps

urlpatterns: list[URLPattern] = [
    path("papers/", papers.month_page, name="papers"),
    path("papers/write/", papers.write, name="papers_write"),
    path("papers/print/", papers.print_page, name="papers_print"),
    path("papers/<int:pk>/", papers_certificate.detail, name="certificate"),
    path("papers/<int:pk>/void/", papers_certificate.void, name="certificate_void"),
    path("recaps/", papers_recaps.list_page, name="recaps"),
    path("recaps/write/", papers_recaps.write, name="recap_write"),
    path("recaps/<int:pk>/", papers_recaps.detail, name="recap"),
    path("recaps/<int:pk>/print/", papers_recaps.print_page, name="recap_print"),
    path("booklets/", papers_booklets.list_page, name="booklets"),
    path("booklets/new/", papers_booklets.new_page, name="booklet_new"),
    path("booklets/<int:pk>/", papers_booklets.change_page, name="booklet"),
    path("booklets/<int:pk>/delete/", papers_booklets.delete_page, name="booklet_delete"),
    path("bills/<int:pk>/papers/", papers_bill.detail, name="bill_papers"),
    path("bills/<int:pk>/certify/", papers_bill.write, name="bill_certify"),
    path("bills/<int:pk>/eattest/", papers_bill.eattest, name="bill_eattest"),
    path("bills/<int:pk>/supporting/", papers_bill.supporting, name="bill_supporting"),
]
