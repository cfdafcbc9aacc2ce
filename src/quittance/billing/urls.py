"""Routes of issued bills, below /bills/."""

from django.urls import path

from quittance.billing.pages import bill, bills, payments

app_name = "billing"
urlpatterns = [
    path("", bills.bill_list, name="list"),
    path("<int:pk>/", bill.detail, name="detail"),
    path("<int:pk>/done/", bill.summary, name="summary"),
    path("<int:pk>/receipt/", bill.receipt, name="receipt"),
    path("<int:pk>/cancel/", bill.cancel, name="cancel"),
    path("<int:pk>/payments/", payments.pay, name="pay"),
    path("<int:pk>/payments/<int:payment>/", payments.change, name="change_payment"),
    path("<int:pk>/payments/<int:payment>/delete/", payments.reverse, name="reverse_payment"),
]
