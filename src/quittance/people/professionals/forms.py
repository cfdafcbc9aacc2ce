"""Forms of a professional: identity, contact, situation. A refusal says what, why and what to do, and loses nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.people.models import Issuer, Membership, Practice, Professional, Role, User, valid_on

OFF = {"autocomplete": "off"}
IDENTITY = ("title", "last_name", "first_name", "profession")
CONTACT = ("phone", "mobile", "email", "address_line1", "address_line2", "postcode", "city")
LABELS = {
    "title": _("Title"),
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "profession": _("Profession as printed"),
    "phone": _("Telephone"),
    "mobile": _("Second telephone"),
    "email": _("E-mail"),
    "address_line1": _("Address"),
    "address_line2": _("Address, second line"),
    "postcode": _("Postcode"),
    "city": _("City"),
}


def _tel() -> forms.TextInput:
    return forms.TextInput({"type": "tel", "inputmode": "tel", **OFF})


class LoginChoice(forms.ModelChoiceField[User]):
    """The login of a professional: a member who is not a professional here yet."""

    def label_from_instance(self, obj: User) -> str:
        """Tell two members of one name apart."""
        return f"{obj} · {obj.email}"


def free_logins(practice: Practice, professional: Professional | None) -> Any:
    """Query the members who may become the login of a professional: carers whom no other professional has."""
    members = Membership.objects.for_(practice).filter(
        valid_on(practice.today()), role__in=(Role.OWNER, Role.COLLEAGUE)
    )
    taken = Professional.objects.for_(practice).exclude(user=None)
    if professional is not None:
        taken = taken.exclude(pk=professional.pk)
    found = User.objects.filter(pk__in=members.values("user"))
    return found.exclude(pk__in=taken.values("user")).order_by("last_name", "first_name")


class ProfessionalForm(forms.ModelForm[Professional]):
    """Who a professional is; `login` is for the owner to choose."""

    login = LoginChoice(
        queryset=User.objects.none(),
        label=_("Login"),
        required=False,
        empty_label=_("none: others bill for them"),
        help_text=_("The member who is this professional, and so changes this record and these preferences."),
    )

    class Meta:
        model = Professional
        fields = IDENTITY
        labels: ClassVar = LABELS
        widgets: ClassVar = {
            "title": forms.TextInput({"placeholder": "Dr", **OFF}),
            "last_name": forms.TextInput({"autofocus": True, **OFF}),
            "first_name": forms.TextInput(OFF),
            "profession": forms.TextInput(OFF),
        }
        error_messages: ClassVar = {
            "last_name": {"required": _("A professional has a name: write it as on the professional card.")},
            "first_name": {"required": _("Write the first name as on the professional card.")},
            "profession": {"required": _("Write the profession as it is printed on bills.")},
        }

    def __init__(self, data: Any, practice: Practice, professional: Professional | None, *, owner: bool) -> None:
        super().__init__(data, instance=professional, initial={"login": professional and professional.user_id})
        if owner:
            logins: Any = self.fields["login"]
            logins.queryset = free_logins(practice, professional)
        else:
            del self.fields["login"]

    def values(self) -> dict[str, Any]:
        """Give the fields of `Professional` as the services write them."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return found | {"user": self.cleaned_data["login"]} if "login" in self.fields else found


class ContactForm(forms.ModelForm[Professional]):
    """How a professional is reached: by the practice and by the insurers."""

    class Meta:
        model = Professional
        fields = CONTACT
        labels: ClassVar = LABELS
        widgets: ClassVar = {"phone": _tel(), "mobile": _tel(), "email": forms.EmailInput(OFF)}

    def values(self) -> dict[str, Any]:
        """Give the fields of `Professional` as the services write them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class IssuerForm(forms.ModelForm[Issuer]):
    """A further situation: its name and the series of its bills; the country adds numbers and terms."""

    class Meta:
        model = Issuer
        fields = ("label", "series")
        labels: ClassVar = {"label": _("Name of the situation"), "series": _("Series")}
        help_texts: ClassVar = {
            "label": _("Printed on bills: the professional and where he practises."),
            "series": _("Letters or digits before the number of each bill. Empty: the number alone."),
        }
        error_messages: ClassVar = {"label": {"required": _("Name the situation, as “Dr Roy, Saturday surgery”.")}}
        widgets: ClassVar = {"label": forms.TextInput({"autofocus": True, **OFF}), "series": forms.TextInput(OFF)}

    def values(self) -> dict[str, Any]:
        """Give the fields of `Issuer` as the services write them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
