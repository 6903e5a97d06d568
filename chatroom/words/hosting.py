"""What stands in the host's window beside the form: tabs, people, log."""

from chatroom.words.text import Text


class Host(Text):
    """Labels, titles and questions."""

    COUNTED = "{said} ({count:,} times, last {last})", "{said} ({count:,} kali, terakhir {last})"
