"""A text that stands in the program itself: a label, a title, a question.

An enum of them for each part of the program, each member in every language:

    class Chat(Text):
        SEND = "Send", "Kirim"
        MESSAGES = "{count:message|messages}", "{count:,} pesan"

    Chat.MESSAGES(count=3)
"""

import string
from collections.abc import Mapping
from enum import Enum
from typing import Any

from chatroom.words import languages
from chatroom.words.languages import Language


class Text(Enum):
    """Called with its fields, a member returns what is read, in the language spoken now."""

    def __init__(self, english: str, indonesian: str) -> None:
        self.templates = {Language.ENGLISH: english, Language.INDONESIAN: indonesian}

    def __call__(self, **fields: object) -> str:
        return fill(self.templates[languages.current()], fields)


def spoken(pair: tuple[str, str]) -> str:
    """Return what is in the language spoken now, of a text in English and in Indonesian."""
    return pair[languages.current() is Language.INDONESIAN]


def fill(template: str, fields: Mapping[str, object]) -> str:
    """Fill in a template, with numbers grouped as the language does: 1,204 or 1.204."""
    return _FORMATTERS[languages.current()].vformat(template, (), fields)


# --------------------------------------------------------------------------------------


class _English(string.Formatter):
    """A number with its noun: {count:row|rows} gives 1 row, or 1,204 rows."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, is_noun, many = format_spec.partition("|")
        if not is_noun:
            return str(super().format_field(value, format_spec))
        return f"{value:,} {one if value == 1 else many}"


class _Indonesian(string.Formatter):
    """Points between thousands, a comma before what is less than one."""

    def format_field(self, value: Any, format_spec: str) -> str:
        said = str(super().format_field(value, format_spec))
        is_number = isinstance(value, int | float) and format_spec
        return said.translate({ord(","): ".", ord("."): ","}) if is_number else said


_FORMATTERS: dict[Language, string.Formatter] = {
    Language.ENGLISH: _English(),
    Language.INDONESIAN: _Indonesian(),
}
