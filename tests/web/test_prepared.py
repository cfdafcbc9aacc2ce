"""The note that makes a second start quick is trusted only while nothing has changed."""

import sqlite3
from contextlib import closing

import pytest

from quittance.web import prepared


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    change(tmp_path, "CREATE TABLE django_migrations (app, name)")
    return tmp_path


def change(folder, statement):
    with closing(sqlite3.connect(folder / prepared.DATABASE)) as connection:
        connection.execute(statement)
        connection.commit()


def test_nothing_is_recalled_the_first_time(data):
    assert prepared.recall(data) is None


def test_the_second_start_recalls_the_lines(data):
    prepared.remember(data, ["Dr Camille Roy"])
    assert prepared.recall(data) == ["Dr Camille Roy"]


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE other (id)", "INSERT INTO django_migrations VALUES ('billing', '0002')"]
)
def test_another_schema_is_prepared_again(data, statement):
    prepared.remember(data, [])
    change(data, statement)
    assert prepared.recall(data) is None


def test_a_dropped_trigger_is_prepared_again(data):
    change(data, "CREATE TRIGGER t AFTER INSERT ON django_migrations BEGIN SELECT 1; END")
    prepared.remember(data, [])
    change(data, "DROP TRIGGER t")
    assert prepared.recall(data) is None


def test_another_setting_is_prepared_again(data, monkeypatch):
    prepared.remember(data, [])
    monkeypatch.setenv("QUITTANCE_HOSTS", "billing.example")
    assert prepared.recall(data) is None


def test_a_broken_note_is_as_none(data):
    (data / prepared.NOTE).write_text("{", encoding="utf-8")
    assert prepared.recall(data) is None


def test_another_kind_of_database_is_always_prepared(data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///quittance")
    prepared.remember(data, [])
    assert prepared.recall(data) is None


def test_a_changed_file_changes_the_digest(tmp_path):
    (tmp_path / "rule.py").write_text("1", encoding="utf-8")
    before = prepared.code_digest(tmp_path)
    assert prepared.code_digest(tmp_path) == before
    (tmp_path / "rule.py").write_text("22", encoding="utf-8")
    assert prepared.code_digest(tmp_path) != before
