"""Routes of coming in, under the names that allauth asks for."""

from django.urls import path

from quittance.people.accounts.pages import door

urlpatterns = [
    path("login/", door.login, name="account_login"),
    path("login/code/", door.second_factor, name="mfa_authenticate"),
    path("login/passkey/", door.passkey, name="mfa_login_webauthn"),
]
