from collections import defaultdict
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps

from quittance.web import translations

ROOMS = [config for config in apps.get_app_configs() if config.name.startswith("quittance.")]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
def test_every_message_is_translated(room):
    assert translations.missing(Path(room.path)) == []


def test_one_message_has_one_translation():
    """The catalogues of the rooms are one to gettext: of two translations, the last room's is shown everywhere."""
    found = defaultdict(set)
    for room in ROOMS:
        for path in Path(room.path).glob("locale/fr/LC_MESSAGES/django.po"):
            for message in read_po(BytesIO(path.read_bytes())):
                found[message.context, message.id].add(message.string)
    assert [key for key, strings in found.items() if key[1] and len(strings) > 1] == []


def test_it_reads_messages_of_templates_and_code(tmp_path):
    (tmp_path / "templates").mkdir()
    template = (
        "{% if a %}\n  <c-x t=\"{% trans 'One' %}\">{% blocktrans count n=n trimmed %}\n  {{ n }} a\n"
        "  {% plural %}{{ n }} as{% endblocktrans %}\n{% endif %}"
    )
    (tmp_path / "templates" / "a.html").write_text(template)
    (tmp_path / "a.py").write_text("x = _('Two')")
    assert translations.used(tmp_path) == {(None, "One"), (None, "Two"), (None, ("%(n)s a", "%(n)s as"))}
