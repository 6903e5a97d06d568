"""Where a person writes: a field of a few lines, and the button that sends it."""

import time
from collections.abc import Callable, Iterator
from tkinter import Misc, ttk

from chatroom import words
from chatroom.protocol import texts
from chatroom.windows import draft_field, elided, keys, later, mnemonics, theme
from chatroom.words.chat import Chat
from chatroom.words.text import Text

COUNT_FOR_S = 0.004
COUNT_AGAIN_MS = 10
"""The messages of a long draft are counted in slices, so that typing goes on."""


class Composer(ttk.Frame):
    """Calls `send` with what was written: on Enter, or with the button.

    Keys that are about the conversation go there: `scroll` by pages, -1 upwards, and
    `go_to_end`. `over` is said below a draft while nobody can write.
    """

    def __init__(
        self,
        parent: Misc,
        send: Callable[[str], None],
        *,
        scroll: Callable[[int], None] = lambda pages: None,
        go_to_end: Callable[[], None] = lambda: None,
        over: Text = Chat.OVER,
    ) -> None:
        super().__init__(parent)
        self._send, self._scroll, self._go_to_end = send, scroll, go_to_end
        self._enabled = True
        self._over, self._room = over, ""
        self._parts: Iterator[str] = iter(())
        self._count_on = later.Later(self, self._count)
        look = theme.of(self)
        px = look.px
        ttk.Frame(self, style="Line.TFrame", height=max(px(1), 1)).pack(fill="x")
        line = ttk.Frame(self)
        line.pack(fill="x", padx=px(12), pady=(px(10), px(2)))
        self._field = draft_field.DraftField(line, self._react)
        self._button = ttk.Button(line, style="Send.Accent.TButton", compound="left")
        mnemonics.name(self._button, Chat.SEND())
        ttk.Style(self).configure("Send.Accent.TButton", space=px(8))
        ready, idle = (look.icon("send", ink, 16) for ink in (look.c.on_accent, look.c.off_ink))
        self._button["image"] = (ready, "disabled", idle)
        self._button.configure(command=self._submit)
        self._hint = elided.Elided(self, look.tiny, "Tiny.TLabel")
        self._hint.pack(fill="x", padx=px(26), pady=(0, px(6)))
        self._button.pack(side="right", anchor="s", padx=(px(8), 0))
        self._field.pack(side="left", fill="x", expand=True)
        self._bind_keys()
        self._field.refresh()

    @property
    def draft(self) -> str:
        """What stands there and is not sent."""
        return self._field.draft

    @property
    def has_draft(self) -> bool:
        """Whether words stand there that are lost with the window."""
        return bool(self.draft.strip())

    @property
    def is_enabled(self) -> bool:
        """Whether the person can write."""
        return self._enabled

    def set_room(self, name: str) -> None:
        """Say to whom one writes here."""
        self._room = name
        self.invite(Chat.MESSAGE_ROOM(room=words.show_text(name)))

    def invite(self, text: str) -> None:
        """Show this where nothing is written."""
        self._field.invite(text)

    def take_over(self, other: "Composer") -> None:
        """Have the draft of another one, and its cursor; write to the same room."""
        self._field.take_over(other._field)
        self.set_room(other._room)
        self.enable(other._enabled)

    def write(self, text: str) -> None:
        """Write where the cursor is, as by the keyboard."""
        if self._enabled:
            self._field.insert(text)

    def typed(self, text: str) -> None:
        """Take what was typed elsewhere, and the keyboard from there."""
        self.take_keyboard()
        self.write(text)

    def enable(self, enabled: bool) -> None:
        """Let the person write, or not; a draft stays, and can be read, either way."""
        self._enabled = enabled
        self._field.enable(enabled)
        self._react()

    def take_keyboard(self) -> None:
        """Have what is typed come here, also where it is to be shown only now."""
        self.update_idletasks()
        self._field.text.focus_set()

    # Sending ---------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        text = self._field.text
        for enter in ("Return", "KP_Enter"):
            keys.bind(text, f"<{enter}>", self._submit)
            keys.bind(text, f"<Shift-{enter}>", lambda: self.write("\n"))
        keys.bind(text, "<Prior>", lambda: self._scroll(-1))
        keys.bind(text, "<Next>", lambda: self._scroll(1))
        for end in ("<Control-End>", "<Escape>"):
            keys.bind(text, end, self._go_to_end)

    def _submit(self) -> None:
        self._field.pasting.then(self._send_draft)

    def _send_draft(self) -> None:
        text = self.draft.rstrip("\n")
        if self._enabled:
            self._field.clear()
            self.take_keyboard()
            if text.strip():
                self._send(text)

    # What it says ----------------------------------------------------------------------

    def _react(self) -> None:
        """Show what can be done with the draft."""
        draft = self.draft
        has_words = self._enabled and bool(draft) and not draft.isspace()
        self._button.state(["!disabled" if has_words else "disabled"])
        self._count_on.cancel()
        self._size, self._counted = len(draft.rstrip("\n")), 0
        self._parts = texts.parts(draft.rstrip("\n"))
        self._count()

    def _count(self) -> None:
        """Count, for some milliseconds, how many messages the draft becomes; go on soon."""
        until = time.perf_counter() + COUNT_FOR_S
        is_over = True
        for _ in self._parts:
            self._counted += 1
            if time.perf_counter() > until:
                is_over = False
                self._count_on.start(COUNT_AGAIN_MS)
                break
        self._say(Chat.PARTS if is_over else Chat.PARTS_SO_FAR)

    def _say(self, parts: Chat) -> None:
        if not self._enabled:
            self._hint.say(self._over() if self._size else "")
        elif self._counted > 1:
            self._hint.say(parts(size=self._size, parts=self._counted))
        else:
            self._hint.say(Chat.KEYS())
