"""Where a person writes: a text of a few lines, and the button that sends it."""

from collections.abc import Callable
from tkinter import Event, Misc, Text, ttk

LINES_MOST = 6


class Composer(ttk.Frame):
    """Calls `send` with what was written: on Enter, or with the button."""

    def __init__(self, parent: Misc, send: Callable[[str], None]) -> None:
        super().__init__(parent, padding=8)
        self._send = send
        self._text = Text(self, height=1, wrap="word", undo=True, padx=6, pady=6)
        self._button = ttk.Button(self, text="Send", style="Accent.TButton", command=self._submit)
        self._button.pack(side="right", padx=(8, 0), fill="y")
        self._text.pack(side="left", fill="x", expand=True)
        for enter in ("<Return>", "<KP_Enter>"):
            self._text.bind(enter, self._enter_pressed)
        self._text.bind("<Shift-Return>", lambda _: None)  # a new line, as by default
        self._text.bind("<<Modified>>", lambda _: self._fit())

    @property
    def draft(self) -> str:
        """What stands there and is not sent."""
        return self._text.get("1.0", "end-1c")

    def write(self, text: str) -> None:
        """Write where the cursor is, as by the keyboard."""
        self._text.insert("insert", text)

    def enable(self, enabled: bool) -> None:
        """Let the person write, or not; a draft stays either way."""
        self._text.configure(state="normal" if enabled else "disabled")
        self._button.configure(state="normal" if enabled else "disabled")

    def take_keyboard(self) -> None:
        """Have what is typed come here."""
        self._text.focus_set()

    # ----------------------------------------------------------------------------------

    def _enter_pressed(self, _: "Event[Misc]") -> str:
        self._button.invoke()
        return "break"

    def _submit(self) -> None:
        text = self.draft.rstrip("\n")
        self._text.delete("1.0", "end")
        self._fit()
        if text.strip():
            self._send(text)

    def _fit(self) -> None:
        """Grow with what stands here, as far as is decent."""
        lines = int(self._text.index("end-1c").split(".")[0])
        self._text.configure(height=min(lines, LINES_MOST))
        self._text.edit_modified(False)
