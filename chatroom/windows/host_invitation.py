"""What the host tells the others: address, port, a text to send them, and a file to open."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import Misc, StringVar, filedialog, ttk

from chatroom import friend, words
from chatroom.protocol.addresses import host_of
from chatroom.windows import cards, later, mnemonics, theme
from chatroom.words import causes
from chatroom.words.host_form import Invite

COPIED_FOR_MS = 2500
SAVED_FOR_MS = 12_000
"""Long enough to be read: it has three sentences."""


class Invitation(cards.Card):
    """The address that others type, to choose where there are several, in three forms to give."""

    def __init__(self, parent: Misc, go_on: Callable[[], object]) -> None:
        """`go_on` is called when something was copied, or a file for a friend asked for."""
        super().__init__(parent, Invite.TITLE())
        look = theme.of(self)
        self._look, self._port, self._go_on = look, 0, go_on
        self._restoring = later.Later(self, self._show_chosen)
        self._address = StringVar(self)
        self._trace = self._address.trace_add("write", lambda *_: self._show_chosen())
        self._title = ttk.Label(self.body, style="Title.TLabel")
        self._choice = ttk.Combobox(
            self.body, textvariable=self._address, state="readonly", font=look.body, width=10
        )
        self._choice.bind("<<ComboboxSelected>>", lambda _: self._choice.selection_clear())
        self._beside = ttk.Label(self.body, style="Bold.TLabel")
        self._copy_address = ttk.Button(
            self.body,
            text=Invite.COPY_ADDRESS(),
            image=look.icon("copy", look.c.faded, 16),
            style="Ghost.TButton",
            command=lambda: self._copy(self._address.get()),
        )
        self._only_here = cards.Wrapping(self.body, "Small.TLabel", Invite.ONLY_HERE())
        self._text = cards.Wrapping(self.body, "Faded.TLabel")
        self._copy_all = ttk.Button(
            self.body,
            image=look.icon("copy", look.c.ink, 15),
            compound="left",
            style="Plain.TButton",
            command=lambda: self._copy(self._invitation()),
        )
        self._save = ttk.Button(
            self.body,
            image=look.icon("down", look.c.ink, 15),
            compound="left",
            style="Plain.TButton",
            command=self._save_for_friend,
        )
        mnemonics.name(self._save, f" {Invite.SAVE()}")
        self._place()
        self.clear()

    def destroy(self) -> None:
        """Go, and be forgotten: what a variable calls is held outside of Python."""
        self._address.trace_remove("write", self._trace)
        super().destroy()

    def show(self, addresses: Sequence[str], port: int) -> None:
        """Show the addresses, the likeliest first, and the port."""
        self._port = port
        self._choice.configure(values=list(addresses))
        self._beside.configure(text=Invite.PORT(port=port))
        self._address.set(addresses[0])
        for widget, shown in (
            (self._title, len(addresses) == 1),
            (self._choice, len(addresses) > 1),
            (self._beside, len(addresses) > 1),
        ):
            (widget.grid if shown else widget.grid_remove)()
        for button in (self._copy_address, self._copy_all, self._save):
            button.grid()

    def clear(self) -> None:
        """Show no address."""
        self._port = 0
        self._address.set("")
        for widget in (self._title, self._choice, self._beside):
            widget.grid_remove()
        for button in (self._copy_address, self._copy_all, self._save):
            button.grid_remove()

    # ----------------------------------------------------------------------------------

    def _place(self) -> None:
        px = self._look.px
        self._title.grid(row=0, column=0, columnspan=2, sticky="w")
        self._choice.grid(row=0, column=0, sticky="ew")
        self._beside.grid(row=0, column=1, padx=(px(8), 0))
        self._copy_address.grid(row=0, column=2, sticky="e")
        for row, (widget, above, below) in enumerate(
            (
                (self._only_here, 2, 4),
                (self._text, 2, 0),
                (self._copy_all, 8, 0),
                (self._save, 8, 0),
            ),
            1,
        ):
            gaps = px(above), px(below)
            widget.grid(row=row, column=0, columnspan=3, sticky="ew", pady=gaps)

    def _invitation(self) -> str:
        return words.invitation(self._address.get(), self._port)

    def _show_chosen(self) -> None:
        address = self._address.get()
        self._title.configure(text=Invite.PLACE(address=address, port=self._port))
        is_only_here = bool(address) and host_of((address, self._port)).is_loopback
        (self._only_here.grid if is_only_here else self._only_here.grid_remove)()
        self._say(self._invitation() if address else Invite.NOT_YET())
        mnemonics.name(self._copy_all, f" {Invite.COPY()}")

    def _say(self, sentence: str, style: str = "Faded.TLabel") -> None:
        self._text.configure(text=sentence, style=style)

    def _copy(self, text: str) -> None:
        """Put a text on the clipboard, and say so for a while."""
        self.clipboard_clear()
        self.clipboard_append(text)
        self._show_chosen()
        mnemonics.name(self._copy_all, f" {Invite.COPIED()}")
        self._restoring.start(COPIED_FOR_MS)
        self._go_on()

    def _save_for_friend(self) -> None:
        """Ask where to, and save the client with the address inside."""
        chosen = filedialog.asksaveasfilename(
            parent=self,
            title=Invite.SAVE_WHERE(),
            initialdir=_start_folder(),
            initialfile=Invite.FILE_NAME() + friend.SUFFIX,
            defaultextension=friend.SUFFIX,
            filetypes=[(Invite.FILES(), f"*{friend.SUFFIX}")],
        )
        if chosen:
            self._save_to(Path(chosen))
        self._go_on()

    def _save_to(self, path: Path) -> None:
        self._restoring.cancel()
        try:
            friend.save(path, self._address.get(), self._port)
        except OSError as error:
            sentence = Invite.NOT_SAVED(path=path, error=causes.explain(error))
            self._say(sentence, "Alarm.TLabel")
        else:
            self._say(Invite.SAVED(name=path.name))
            self._restoring.start(SAVED_FOR_MS)


def _start_folder() -> Path:
    """Return where people look for what they saved."""
    home = Path(os.path.expanduser("~"))
    folders = (home / name for name in ("Desktop", "Documents"))
    return next((one for one in folders if one.is_dir()), home)
