"""Passwords: a strong one made of words that can be said aloud, and what makes one weak.

A word is two syllables of a consonant and a vowel that English and Indonesian both have:
`tuna-ripo-wela-doki-sumi`. What would be rude in either of them is no word.
"""

import itertools
import math
import re
from collections.abc import Callable
from enum import Enum, auto

WORDS_IN_ONE = 5
STRONG_BITS = 40.0
"""From ever new addresses some 45 guesses a second go through: 2**40 of them in 770 years."""

_RUDE = """
    babi babu bego bisu bodo buta dago dupa gila hina homo hore kere kike lode mati nega negi
    nego negu niga nigi nigo nigu paki pedo peju peli pepe pipi puki puta puto rape suka susu
    tahi tete titi toge tuli
"""
_SYLLABLES = [first + then for first in "bdghjklmnprstwy" for then in "aeiou"]
WORDS = tuple(
    word for word in map("".join, itertools.product(_SYLLABLES, repeat=2)) if word not in _RUDE
)

_ROWS = "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm"
_COMMON = re.compile(
    "password|passwort|kata ?sandi|sandi|rahasia|secret|letmein|welcome|selamat|admin|master"
    "|login|sayang|cinta|love|iloveyou|indonesia|garuda|monkey|dragon|football|sunshine|princess"
    "|bismillah|anjing|kucing|default|user|test|chat|room|ruang|(?:19|20)[0-9]{2}"
)
_COMMON_BITS = 7.0
_NEXT_BITS = 1.0
"""Of a character that one would guess from those before it."""
_CLASSES = (("[a-z]", 26), ("[A-Z]", 26), ("[0-9]", 10), ("[^a-zA-Z0-9]", 33))
"""What a character is one of, and how many of them there are."""


class Weakness(Enum):
    """Why a password could be guessed."""

    SHORT = auto()
    COMMON = auto()
    REPEATS = auto()


def make(below: Callable[[int], int]) -> str:
    """Return a new password of five words.

    `below(n)` returns a number from 0 to n - 1 by chance, as `secrets.randbelow` does.
    """
    return "-".join(WORDS[below(len(WORDS))] for _ in range(WORDS_IN_ONE))


def weakness(password: str) -> Weakness | None:
    """Return why a password is weak, None for one that is not, as far as can be told."""
    bits_each = math.log2(sum(size for kind, size in _CLASSES if re.search(kind, password)) or 1)
    if len(password) * bits_each < STRONG_BITS:
        return Weakness.SHORT
    uncommon, found = _COMMON.subn("", password.lower())
    surprises = _surprises(uncommon)
    bits = bits_each * surprises + _NEXT_BITS * len(uncommon) + _COMMON_BITS * found
    if bits >= STRONG_BITS:
        return None
    if found:
        return Weakness.COMMON
    return Weakness.REPEATS if 2 * surprises <= len(uncommon) else Weakness.SHORT


# --------------------------------------------------------------------------------------


def _surprises(text: str) -> int:
    """Return how many characters are neither among the last ones nor follow from the last."""
    return sum(
        text[n] not in text[max(n - 4, 0) : n] and not _follows(text[n - 1 : n + 1])
        for n in range(len(text))
    )


def _follows(pair: str) -> bool:
    """Tell whether two characters are neighbours in the alphabet, in counting, or as keys."""
    return len(pair) == 2 and (pair in _ROWS or pair[::-1] in _ROWS)
