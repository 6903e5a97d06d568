"""The help: its text in the language spoken now, and what stands around it in its window.

The text is `help_en.md` and `help_id.md` beside this module; the README has both of them.
"""

import pkgutil

from chatroom.words import languages
from chatroom.words.languages import Language
from chatroom.words.text import Text


class Help(Text):
    """What stands in the window of the help."""

    TITLE = "Chat room: help", "Ruang obrolan: bantuan"
    PREVIOUS = "Previous place", "Tempat sebelumnya"
    PREVIOUS_HINT = "The place before (Shift+Enter)", "Tempat sebelum ini (Shift+Enter)"
    NEXT = "Next place", "Tempat berikutnya"
    NEXT_HINT = "The next place (Enter)", "Tempat sesudah ini (Enter)"
    RANK = "{rank:,} of {count:,}", "{rank:,} dari {count:,}"
    NOTHING = "Nothing found", "Tidak ditemukan"


def page(language: Language | None = None) -> str:
    """Return the help in a language, by default the one spoken now, as Markdown."""
    name = f"help_{(language or languages.current()).value}.md"
    data = pkgutil.get_data("chatroom.words", name)  # also from within a zip
    assert data is not None, "the package is read by a loader without data"
    return data.decode("utf-8")
