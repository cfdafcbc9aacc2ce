import re
import stat

from quittance.web import data


def test_the_policy_allows_no_inline_code(client, db):
    first, second = client.get("/login/"), client.get("/login/")
    policy = first["Content-Security-Policy"]
    assert "unsafe" not in policy
    (nonce,) = re.findall(r"'nonce-([^']+)'", policy)
    assert f'nonce="{nonce}"' in first.text
    assert nonce not in second["Content-Security-Policy"]
    assert first["X-Frame-Options"] == "DENY"
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["Cache-Control"].startswith("max-age=0") or "no-store" in first["Cache-Control"]


def test_no_template_has_inline_style_or_handler(alice_client):
    for page in ("/components/", "/choose/"):
        assert not re.search(r"<[^>]+\s(style|on\w+)=", alice_client.get(page).text)


def test_the_secret_key_is_written_once_for_its_owner_only(tmp_path):
    key = data.secret_key(tmp_path)
    assert len(key) > 60
    assert data.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
