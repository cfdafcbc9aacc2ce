import pytest
from django.apps import apps

from quittance.web import translations

ROOMS = [config for config in apps.get_app_configs() if config.name.startswith("quittance.")]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
def test_every_message_is_translated(room):
    from pathlib import Path

    assert translations.missing(Path(room.path)) == []


def test_it_reads_messages_of_templates_and_code(tmp_path):
    (tmp_path / "templates").mkdir()
    template = (
        "{% if a %}\n  <c-x t=\"{% trans 'One' %}\">{% blocktrans count n=n trimmed %}\n  {{ n }} a\n"
        "  {% plural %}{{ n }} as{% endblocktrans %}\n{% endif %}"
    )
    (tmp_path / "templates" / "a.html").write_text(template)
    (tmp_path / "a.py").write_text("x = _('Two')")
    assert translations.used(tmp_path) == {(None, "One"), (None, "Two"), (None, ("%(n)s a", "%(n)s as"))}
