"""The languages there are, which one is spoken now, and what the system speaks."""

import contextlib
import os
import sys
from collections.abc import Mapping
from enum import Enum

ANSWER_WITHIN_S = 0.5
VARIABLES = "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"
"""Where POSIX systems say it, in the order of who goes before whom (gettext's)."""


class Language(Enum):
    """A language, by its ISO 639 code."""

    ENGLISH = "en"
    INDONESIAN = "id"

    @property
    def own_name(self) -> str:
        """What those who speak it call it."""
        return {"en": "English", "id": "Bahasa Indonesia"}[self.value]


_CODES = {one.value: one for one in Language} | {"in": Language.INDONESIAN}  # its code until 1989
_current = Language.ENGLISH


def current() -> Language:
    """Return the language that is spoken now."""
    return _current


def use(language: Language) -> None:
    """Speak this language from now on. What was said before does not change."""
    global _current  # one person reads one program
    _current = language


def system_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language of this person's system; English where we have not got theirs."""
    for tag in _system_tags(environment):
        code = tag.replace("-", "_").partition("_")[0].partition(".")[0].lower()
        if code in _CODES:
            return _CODES[code]
        if code:  # a language that we do not speak
            return Language.ENGLISH
    return Language.ENGLISH


# --------------------------------------------------------------------------------------


def _system_tags(environment: Mapping[str, str]) -> list[str]:
    """Return tags such as id_ID.UTF-8, the one that the person likes best first."""
    for variable in VARIABLES:
        if environment.get(variable):
            return environment[variable].split(":")
    if sys.platform == "win32":
        return [_windows_tag()]
    if sys.platform == "darwin":
        return _mac_tags()
    return []


def _windows_tag() -> str:
    if sys.platform == "win32":
        import ctypes
        import locale

        with contextlib.suppress(AttributeError, OSError):
            number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
            return locale.windows_locale.get(number, "")
    return ""


def _mac_tags() -> list[str]:
    """Return what the settings list: lines such as `"id-ID",` between parentheses."""
    import subprocess

    with contextlib.suppress(OSError, subprocess.SubprocessError, UnicodeDecodeError):
        done = subprocess.run(
            ("defaults", "read", "-g", "AppleLanguages"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=ANSWER_WITHIN_S,
            check=False,
        )
        tags = [line.strip(' ",()') for line in done.stdout.splitlines()]
        return [tag for tag in tags if tag]
    return []
