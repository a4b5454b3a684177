"""Folding: one form for all ways to write a name or an address, so that each is found by any of them.

A name is folded twice: into Latin letters ("nguyen thi lan", "shantian") and, where it has other letters, in
its own script. So it is found in both, with accents or without.
"""

import unicodedata

from anyascii import anyascii


def fold_address(address: str) -> str:
    """`address` in its one form: compatible letters, no space around it, lower case."""
    return unicodedata.normalize("NFKC", address).strip().lower()


def fold_name(name: str) -> str:
    """The words of `name`, each once and after one space: in Latin letters, then in its own script."""
    own = plain(name)
    words = [*_latin(own).split(), *own.split()]
    return "".join(f" {word}" for word in dict.fromkeys(words))


def sort_key(name: str) -> str:
    """`name` in small Latin letters, by which lists of names in all scripts are ordered."""
    return _latin(plain(name))


def fold_query(query: str) -> list[str]:
    """The words that a search for `query` looks for, in the form in which `fold_name` stores them."""
    return plain(query).split()


def plain(text: str) -> str:
    """`text` in lower case without accents and punctuation, in its own script."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (_plain(letter) for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _plain(letter: str) -> str:
    """Letters and figures as they are; an apostrophe vanishes; all else separates words."""
    if letter.isalnum():
        return letter
    return "" if letter in "'’ʼʻ`´" else " "


def _latin(text: str) -> str:
    return " ".join(anyascii(text).lower().replace("'", "").split())
