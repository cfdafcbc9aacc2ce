"""Names without accents and capitals, so that they sort and are found alike on every database."""

from __future__ import annotations

import unicodedata

_SPELT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
MOST = 100


def _plain(character: str) -> str:
    """Give what a character is found by: itself, its code when it is of another script, or a space.

    Codes have a fixed width, so that the start of a name in any script is the start of its folded form.
    """
    if character.isascii():
        return character if character.isalnum() else " "
    return f"x{ord(character):05x}" if character.isalnum() else " "


def fold(text: str) -> str:
    """Write a name in plain small letters and digits, words one space apart.

    >>> fold("  Éloïse  LE GUEN-d'Œuvray ")
    'eloise le guen d oeuvray'
    """
    split = unicodedata.normalize("NFKD", text.casefold().translate(_SPELT))
    bare = "".join(character for character in split if not unicodedata.combining(character))
    return " ".join("".join(_plain(character) for character in bare).split())


def words_of(*names: str) -> set[str]:
    """Give the words a person is found by: each part of each name, and each name written in one.

    >>> sorted(words_of("O'Neil", "Anne-Marie"))
    ['anne', 'annemarie', 'marie', 'neil', 'o', 'oneil']
    """
    found: set[str] = set()
    for name in names:
        parts = fold(name).split()
        found.update(parts, ["".join(parts)])
    return {word[:MOST] for word in found if word}


def prefixes_of(text: str) -> list[str]:
    """Give the starts of words that a search typed, the longest first, each once.

    >>> prefixes_of("ba adr b")
    ['adr', 'ba']
    """
    typed = sorted({word[:MOST] for word in fold(text).split()}, key=lambda word: (-len(word), word))
    return [word for at, word in enumerate(typed) if not any(longer.startswith(word) for longer in typed[:at])]


def after(prefix: str) -> str:
    """Give the first text behind every text that starts with `prefix` (plain letters and digits).

    >>> after("ad"), after("az"), after("a9")
    ('ae', 'a{', 'a:')
    """
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
