"""What a terminal sends for the keys that are pressed, taken apart."""

import re
from collections.abc import Iterator

_SEQUENCES = re.compile(
    r"""
    (?P<text> [^\x00-\x08\x0a-\x1f\x7f]+ )    # typed or pasted; a tab is a character of it
  | \x1b*? (?: \x1b\[ [0-?]* [ -/]* [@-~]     # CSI: cursor keys, Home, Delete and such
             | \x1bO [A-Za-z]                 # SS3: the same in another mode
             | \x1b [^\[O\x1b] )              # Alt and a character
  | \r\n | [^\x1b]
    """,
    re.VERBOSE | re.DOTALL,
)
UNFINISHED_MOST = 64
"""Characters of a sequence without its end, after which it is none."""


class Keys:
    """Takes what comes, however it was cut."""

    def __init__(self) -> None:
        self._rest = ""

    def take(self, characters: str) -> Iterator[tuple[str, bool]]:
        """Yield stretches of text, and keys, in their order; the second says which is text.

        A key is what the terminal sends for it; one that has not come whole waits.
        """
        waiting, self._rest = self._rest + characters, ""
        at = 0
        while at < len(waiting):
            found = _SEQUENCES.match(waiting, at)
            if found is None:
                rest = waiting[at:]
                self._rest = rest if len(rest) <= UNFINISHED_MOST else ""
                return
            at = found.end()
            yield found[0], found["text"] is not None
