"""Routes of an account, below `account/`."""

from django.urls import path

from quittance.people.accounts.pages import factors, invitation, own, proof

app_name = "accounts"
urlpatterns = [
    path("", own.own, name="own"),
    path("pin/", own.pin, name="pin"),
    path("pin/remove/", own.pin_remove, name="pin_remove"),
    path("password/", own.password, name="password"),
    path("sessions/", own.sessions, name="sessions"),
    path("sessions/<int:pk>/end/", own.session_end, name="session_end"),
    path("sessions/end/", own.sessions_end, name="sessions_end"),
    path("enrol/", factors.enrol, name="enrol"),
    path("app/", factors.totp, name="totp"),
    path("passkey/", factors.passkey, name="passkey"),
    path("factor/<int:pk>/remove/", factors.remove, name="factor_remove"),
    path("codes/", factors.codes, name="codes"),
    path("codes/new/", factors.codes_new, name="codes_new"),
    path("lock/", proof.lock, name="lock"),
    path("lock/now/", proof.lock_now, name="lock_now"),
    path("idle/", proof.idle, name="idle"),
    path("alive/", proof.alive, name="alive"),
    path("challenge/", proof.challenge, name="challenge"),
    path("confirm/", proof.confirm, name="confirm"),
    path("confirm/strong/", proof.confirm_strongly, name="confirm_strongly"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
]
