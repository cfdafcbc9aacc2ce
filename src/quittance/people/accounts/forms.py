"""The forms of accounts, in our words."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from quittance.people.models import User

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}
MALFORMED = (AttributeError, LookupError, TypeError, ValueError, struct.error)
UNKNOWN = _("The passkey was not recognised. Try again, or use another way.")
RULE = _("Twelve characters at least: four words taken at random are long, and easy to remember.")


def _password(label: Any, use: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": f"{use}-password"})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text)


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """E-mail and password; the same words whether the address or the password is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields["login"] = forms.EmailField(label=_("E-mail address"), widget=widget)
        self.fields["password"] = _password(_("Password"), "current")
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).strip().lower()


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code of your app, or a recovery code"), max_length=20, widget=forms.TextInput(attrs=CODE)
    )


class TotpForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that has just been shown the secret."""

    code = forms.CharField(label=_("Code shown by the app"), max_length=12, widget=forms.TextInput(attrs=CODE))


class Wary(forms.Form):
    """A passkey's answer is a visitor's: whatever is wrong in its shape is a refusal, not a failure of ours."""

    credential = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": UNKNOWN, "invalid": UNKNOWN})

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as wrong:
            raise forms.ValidationError(UNKNOWN) from wrong
        except forms.ValidationError as refused:
            raise forms.ValidationError(UNKNOWN if refused.code == "incorrect_code" else refused.messages) from refused


class PasskeyLoginForm(Wary, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""


class PasskeyFactorForm(Wary, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""


class PasskeyProofForm(Wary, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey in a session."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: always one that asks who is there, so that it is enough alone."""

    name = forms.CharField(
        label=_("Name of the passkey"), max_length=60, required=False, help_text=_("To tell it from another one.")
    )
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()  # type: ignore[no-any-return]
        except (forms.ValidationError, *MALFORMED) as wrong:
            raise forms.ValidationError(UNKNOWN) from wrong


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = RULE
        self.fields["password2"].label = _("New password, once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class InvitationForm(SetPasswordForm):  # type: ignore[type-arg]
    """The first password, chosen by its owner."""

    new_password1 = _password(_("New password"), "new", RULE)
    new_password2 = _password(_("New password, once more"), "new")
    error_messages = {"password_mismatch": _("The two passwords differ. Type the same one twice.")}


class DelaysForm(forms.ModelForm[User]):
    """After how long an unattended screen locks, and a session ends."""

    idle_minutes = forms.IntegerField(
        label=_("Lock the screen after (minutes)"), min_value=1, max_value=15, help_text=_("1 to 15 minutes.")
    )
    idle_hours = forms.IntegerField(
        label=_("End the session after (hours)"), min_value=1, max_value=6, help_text=_("1 to 6 hours.")
    )

    class Meta:
        model = User
        fields = ("idle_minutes", "idle_hours")


class PinForm(forms.Form):
    """A PIN, typed twice."""

    widget = forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "8"})
    new_pin = forms.RegexField(
        r"^\d{4,8}$",
        label=_("New PIN"),
        widget=widget,
        help_text=_("4 to 8 digits. It opens a locked screen; three wrong ones block it."),
        error_messages={"invalid": _("A PIN has 4 to 8 digits and nothing else.")},
    )
    new_pin_again = forms.CharField(label=_("New PIN, once more"), widget=widget)

    def clean_new_pin(self) -> str:
        pin = str(self.cleaned_data["new_pin"])
        if pin in "01234567890123456789" or pin in "98765432109876543210" or len(set(pin)) == 1:
            raise forms.ValidationError(_("This PIN is the first that others would try. Choose digits in no order."))
        return pin

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "new_pin" in data and data.get("new_pin_again") != data["new_pin"]:
            self.add_error("new_pin_again", _("The two PINs differ. Type the same one twice."))
        return data
