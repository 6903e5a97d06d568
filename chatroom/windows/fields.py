"""What the host fills in: fields that say what is wrong with them, for a password, for a file."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from tkinter import BooleanVar, Event, Misc, StringVar, filedialog, ttk
from typing import Any

from chatroom import passwords, problems, words
from chatroom.windows import cards, icon_button, mnemonics, theme
from chatroom.words.host_form import RoomForm

DOTS = "\u2022"


class Field(ttk.Frame):
    """A label, an entry, and a note below it: a hint, or what is wrong until it is right."""

    def __init__(
        self, parent: Misc, label: str, check: Callable[[str], Any], initial: str, hint: str = ""
    ) -> None:
        """`check` returns the value of a text, or raises WrongInput."""
        super().__init__(parent)
        look = theme.of(self)
        px = self._px = look.px
        self._check, self._hint = check, hint
        self.text = StringVar(self, initial)
        self.columnconfigure(0, weight=1)
        said = ttk.Label(self, style="Faded.TLabel")
        mnemonics.name(said, label)
        said.grid(row=0, column=0, sticky="w", padx=px(3), pady=(0, px(1)))
        self.entry = ttk.Entry(self, width=10, font=look.body, textvariable=self.text)
        self.entry.grid(row=1, column=0, sticky="ew")
        self._note = cards.Wrapping(self, "Tiny.TLabel")
        self._note.grid(row=2, column=0, columnspan=2, sticky="ew", padx=px(4), pady=(px(2), 0))
        self._trace = self.text.trace_add("write", lambda *_: self._changed())
        self._show_note(hint)

    def destroy(self) -> None:
        """Go, and be forgotten: what a variable calls is held outside of Python."""
        self.text.trace_remove("write", self._trace)
        super().destroy()

    def read(self) -> Any:
        """Return the value; where it is wrong, say so and raise WrongInput."""
        try:
            value = self._check(self.text.get())
        except problems.WrongInput as wrong:
            self.show_wrong(words.explain(wrong))
            raise
        self.show_right()
        return value

    def show_wrong(self, sentence: str) -> None:
        """Mark the field and say what is wrong, until something else stands in it."""
        self.entry.state(["invalid"])
        self._show_note(sentence, "Alarm.TLabel")

    def show_right(self) -> None:
        """Take the mark away."""
        self.entry.state(["!invalid"])
        self._show_note(self._hint)

    def enable(self, enabled: bool) -> None:
        """Let the host type here, or not."""
        self.entry.configure(state="normal" if enabled else "disabled")

    def add_button(self, label: str, command: Callable[[], object]) -> ttk.Button:
        """Make a button beside the entry."""
        button = ttk.Button(self, text=label, style="Plain.TButton", command=command)
        button.grid(row=1, column=1, sticky="ew", padx=(self._px(4), 0))
        return button

    def on_enter(self, button: ttk.Button) -> None:
        """Have Enter press a button, too, where it can be pressed."""
        for enter in ("<Return>", "<KP_Enter>"):
            self.entry.bind(enter, lambda _: button.invoke(), add=True)

    def _changed(self) -> None:
        """Take the mark away where what is typed now is right."""
        if self.entry.instate(["invalid"]):
            self.show_right()

    def _show_note(self, text: str, style: str = "Tiny.TLabel") -> None:
        self._note.configure(text=text, style=style)
        if text:
            self._note.grid()
        else:
            self._note.grid_remove()


class PasswordField(Field):
    """A password, as dots until it is to be shown; a strong one is made on wish."""

    def __init__(self, parent: Misc, check: Callable[[str], str], initial: str) -> None:
        super().__init__(parent, RoomForm.PASSWORD(), check, initial)
        self._shows = BooleanVar(self, value=False)
        self._show_box = ttk.Checkbutton(self, variable=self._shows, command=self._show)
        mnemonics.name(self._show_box, RoomForm.SHOW())
        self._show_box.grid(row=0, column=0, columnspan=2, sticky="e")
        line = ttk.Frame(self)
        line.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(self._px(4), 0))
        self._make = ttk.Button(line, style="Ghost.TButton", command=self._make_one)
        mnemonics.name(self._make, RoomForm.MAKE())
        self._make.pack(side="left")
        self._copy = icon_button.IconButton(line, "copy", RoomForm.COPY_PASSWORD(), self._copy_it)
        self._copy.pack(side="right")
        self._note.grid(row=4)  # where no button moves away from the mouse with it
        self.entry.bind("<FocusOut>", self._left, add=True)
        self._show()
        self._judge()

    def enable(self, enabled: bool) -> None:
        """Let the host type here, or not."""
        super().enable(enabled)
        self._make.configure(state="normal" if enabled else "disabled")

    # ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        super()._changed()
        self._judge()

    def _left(self, _: "Event[Misc]") -> None:
        if not self.entry.instate(["invalid"]):
            self._judge()

    def _judge(self) -> None:
        """Say why the password is weak, if it is."""
        weakness = passwords.weakness(self.text.get()) if self.text.get() else None
        self._hint = words.explain(problems.Problem(weakness)) if weakness else ""
        self._show_note(self._hint)

    def _show(self) -> None:
        self.entry.configure(show="" if self._shows.get() else DOTS)

    def _make_one(self) -> None:
        """Write a strong password, for the host to read."""
        self.text.set(passwords.make(secrets.randbelow))
        self._shows.set(True)
        self._show()
        self.entry.focus_set()
        self.entry.icursor("end")

    def _copy_it(self) -> None:
        if self.text.get():
            self.clipboard_clear()
            self.clipboard_append(self.text.get())
            self._show_note(RoomForm.COPIED_PASSWORD())


class ArchiveField(Field):
    """The file that keeps the messages, to type or to choose.

    Of a long path the end is shown, which tells one file from another.
    """

    def __init__(self, parent: Misc, check: Callable[[str], Path], initial: str) -> None:
        super().__init__(parent, RoomForm.ARCHIVE(), check, initial, RoomForm.ARCHIVE_HINT())
        self._choose = self.add_button(RoomForm.CHOOSE(), self._choose_one)
        self.entry.icursor("end")
        for event in ("<Configure>", "<FocusOut>"):
            self.entry.bind(event, lambda _: self._show_end(), add=True)

    def enable(self, enabled: bool) -> None:
        """Let the host type here and choose, or not."""
        super().enable(enabled)
        self._choose.configure(state="normal" if enabled else "disabled")

    def _choose_one(self) -> None:
        """Ask for a file; messages are added to one that is there."""
        path = Path(os.path.expanduser(self.text.get() or "archive.csv"))
        chosen = filedialog.asksaveasfilename(
            parent=self,
            title=RoomForm.ARCHIVE_WHICH(),
            initialdir=path.parent,
            initialfile=path.name,
            defaultextension=".csv",
            filetypes=[(RoomForm.ARCHIVE_FILES(), "*.csv"), (RoomForm.ALL_FILES(), "*")],
            confirmoverwrite=False,
        )
        if chosen:
            self.text.set(str(Path(chosen)))
            self.entry.icursor("end")
            self._show_end()

    def _show_end(self) -> None:
        self.entry.xview("end")
