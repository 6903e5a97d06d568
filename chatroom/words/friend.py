"""What is said of the file for a friend."""

from chatroom.words.text import Text


class Friend(Text):
    """The file that the host saves, and what it says itself."""

    TOO_OLD = (
        "The chat room needs Python 3.10 or newer, from python.org. This is Python {version}.",
        "Ruang obrolan membutuhkan Python 3.10 atau lebih baru, dari python.org. "
        "Yang ini Python {version}.",
    )
