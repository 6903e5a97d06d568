"""From which device each name wrote last, to notice where a name comes back from another."""

from chatroom.protocol.entries import Entry, split_id
from chatroom.protocol.names import name_key

NAMES_MOST = 4096
"""Names that are known; who wrote longest ago is forgotten."""


class Devices:
    """Hears entries in their order."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}  # who wrote last stands last

    def hear(self, entry: Entry) -> bool:
        """Tell whether this name wrote from another device before."""
        origin = split_id(entry.id)
        if origin is None:  # of an older archive
            return False
        key = name_key(entry.name)
        before = self._by_name.pop(key, None)
        self._by_name[key] = origin[0]
        if len(self._by_name) > NAMES_MOST:
            del self._by_name[next(iter(self._by_name))]
        return before not in (None, origin[0])

    def clear(self) -> None:
        """Know nothing: what was heard is of another log."""
        self._by_name.clear()
