"""The questions before the chat as windows: one `simpledialog` after another."""

from collections.abc import Callable
from tkinter import BooleanVar, Event, Frame, Misc, StringVar, Tk, simpledialog, ttk

from chatroom import forms, words
from chatroom.problems import WrongInput
from chatroom.windows import asking, keys, mnemonics, pasting, recent_rooms, theme
from chatroom.windows.asking import Move, Question
from chatroom.words.prompts import Joining

DOT = "\u2022"
"""Stands for each character of a password."""
WIDTH = 440
MARGIN = 16
INSET = 24
"""Pixels at 100 %: of what stands in the card, around the card, and inside its border."""
BESIDE_TABLE = 130
"""Pixels at 100 % that a table's title, the buttons and the margins take."""
SCREEN_SHARE = 0.85
"""What a dialog takes at most; a desktop has panels, and a window a frame."""
ROWS_MOST = 4
"""Of recent rooms shown at once; there is a scroll bar for more."""

TITLES = {
    Question.ADDRESS: Joining.ADDRESS,
    Question.PORT: Joining.PORT,
    Question.PASSWORD: Joining.PASSWORD,
    Question.NAME: Joining.NAME,
}
HINTS = {
    Question.ADDRESS: Joining.ADDRESS_HINT,
    Question.PORT: Joining.PORT_HINT,
    Question.PASSWORD: Joining.PASSWORD_HINT,
    Question.NAME: Joining.NAME_HINT,
}


def ask(root: Tk, prompt: asking.Prompt) -> asking.Reply:
    """Put one question; return when it was answered, with what passes its check."""
    return Dialog(root, prompt).reply


class Dialog(simpledialog.Dialog):
    """A card with a question, what to know about it, and what was wrong with the answer."""

    def __init__(self, root: Tk, prompt: asking.Prompt) -> None:
        """Show it, and return when it is closed."""
        self._prompt = prompt
        self._look = theme.of(root)
        self._rows = 0
        self.reply = asking.Reply(Move.CANCEL, prompt.text)
        super().__init__(root, Joining.TITLE())

    # What simpledialog calls -----------------------------------------------------------

    def body(self, master: Frame) -> Misc:
        """Make all but the buttons; return what gets the keyboard."""
        px, prompt = self._look.px, self._prompt
        self.resizable(False, False)
        for around in (self, master):
            around.configure(background=self._look.c.chat)
        self._card = ttk.Frame(master, style="Card.TFrame", padding=px(INSET))
        self._card.pack(padx=px(MARGIN), pady=px(MARGIN))
        room = int(self.winfo_screenwidth() * SCREEN_SHARE) - 2 * px(MARGIN + INSET)
        self._width = min(px(WIDTH), room)
        self._card.columnconfigure(0, minsize=self._width)
        self._make_title()
        self._add(self._label(HINTS[prompt.question](default=forms.DEFAULT_PORT), "Faded"), 4)
        self._text = StringVar(self, _in_one_line(prompt.text))
        self._entry = ttk.Entry(self._card, font=self._look.body, width=1, textvariable=self._text)
        self._trace = self._text.trace_add("write", lambda *_: self._changed())
        self._pasting = pasting.Pasting(self._entry)
        keys.bind(self._entry, "<<Paste>>", lambda: self._pasting.then(self._paste))
        self._add(self._entry, 14)
        self._problem = self._label("", "Alarm")
        self._add(self._problem, 8)
        self._say(prompt.problem)
        if prompt.question is Question.PASSWORD:
            self._make_show_box()
        rows = min(len(prompt.recent), ROWS_MOST, self._rows_free())
        if rows > 0 and len(prompt.recent) > 1:
            self._make_recent_rooms(rows)
        self._select()
        return self._entry

    def buttonbox(self) -> None:
        """Make the buttons, and have keys press them."""
        line = ttk.Frame(self._card)
        self._add(line, 20)
        line.columnconfigure(1, weight=1)
        if self._prompt.has_back:
            self._make_button(line, Joining.BACK, self.go_back).grid(row=0, column=0)
            self.bind("<Command-bracketleft>" if self._is_mac() else "<Alt-Left>", self.go_back)
        gap = self._look.px(8)
        self._make_button(line, Joining.CANCEL, self.cancel).grid(row=0, column=2, padx=gap)
        go_on = Joining.JOIN if self._prompt.is_last else Joining.NEXT
        self._make_button(line, go_on, self.ok, "Accent.TButton").grid(row=0, column=3)
        mnemonics.set_up(self)
        for key in ("<Return>", "<KP_Enter>"):
            self.bind(key, self.ok)
        self.bind("<Escape>", self.cancel)

    def grab_set(self) -> None:
        """Take the keyboard, too, now that the dialog can be seen.

        To set the focus is not enough while another program has the keyboard, to which a
        window manager may give it between the end of one dialog and the sight of the next. Who
        is in the room, and just now in another program, is not interrupted there.
        """
        super().grab_set()
        window = self.master.winfo_toplevel()
        keys.bind_also(self, window, "<FocusIn>", lambda _: self._take_keyboard())
        if not window.winfo_viewable() or self.focus_displayof() is not None:
            self._entry.focus_force()

    def destroy(self) -> None:
        """Go, and be forgotten: what a variable calls is held outside of Python."""
        self._text.trace_remove("write", self._trace)
        super().destroy()

    def ok(self, event: "Event[Misc] | None" = None) -> None:
        """Answer with what stands here, once what is pasted does."""
        self._pasting.then(lambda: super(Dialog, self).ok(event))

    def validate(self) -> bool:
        """Tell whether the answer is good; otherwise say what is wrong with it."""
        try:
            asking.CHECKS[self._prompt.question](self._entry.get())
        except WrongInput as wrong:
            self._say(words.explain(wrong))
            self._select()
            return False
        return True

    def apply(self) -> None:
        """Take the answer."""
        self.reply = asking.Reply(Move.NEXT, self._entry.get())

    def go_back(self, _: object = None) -> None:
        """Go back to the question before, whatever stands here."""
        self.reply = asking.Reply(Move.BACK, self._entry.get())
        self.cancel()

    # What stands in it -----------------------------------------------------------------

    def _add(self, widget: Misc, gap: int) -> None:
        """Put a widget below the others, in a row of its own also where it is not shown yet."""
        self._rows += 1
        widget.grid(row=self._rows, sticky="ew", pady=(self._look.px(gap), 0))  # type: ignore[attr-defined]

    def _label(self, text: str, style: str) -> ttk.Label:
        return ttk.Label(self._card, text=text, style=f"{style}.TLabel", wraplength=self._width)

    def _make_title(self) -> None:
        line = ttk.Frame(self._card)
        self._add(line, 0)
        title = ttk.Label(line, text=TITLES[self._prompt.question](), style="Title.TLabel")
        title.pack(side="left")
        if self._prompt.steps > 1:
            step = Joining.STEP(step=self._prompt.step, steps=self._prompt.steps)
            ttk.Label(line, text=step, style="Faded.TLabel").pack(side="right")

    def _make_show_box(self) -> None:
        """Make the box that shows the password; it stands as dots otherwise."""
        shows = BooleanVar(self, value=False)

        def show() -> None:
            self._entry.configure(show="" if shows.get() else DOT)

        show()
        box = ttk.Checkbutton(self._card, variable=shows, command=show)
        mnemonics.name(box, Joining.SHOW())
        self._add(box, 8)

    def _rows_free(self) -> int:
        """Return how many rows of a table have room on the screen, beside all else."""
        self.update_idletasks()
        most = self.winfo_screenheight() * SCREEN_SHARE
        taken = self._card.winfo_reqheight() + self._look.px(BESIDE_TABLE)
        return int(most - taken) // recent_rooms.row_height(self)

    def _make_recent_rooms(self, rows: int) -> None:
        label = self._label("", "Faded")
        mnemonics.name(label, Joining.RECENT())
        self._add(label, 14)
        table = recent_rooms.RecentRooms(self._card, self._prompt.recent, rows, self._write)
        table.fit(self._width)
        table.rows.bind("<Double-Button-1>", self.ok)
        self._add(table, 4)
        table.follow(self._entry)

    def _make_button(
        self,
        line: ttk.Frame,
        text: Joining,
        press: Callable[[], object],
        style: str = "Plain.TButton",
    ) -> ttk.Button:
        button = ttk.Button(line, style=style, command=press)
        mnemonics.name(button, text())
        for key in ("<Return>", "<KP_Enter>"):  # otherwise they go on, whatever has the keyboard
            keys.bind(button, key, button.invoke)
        return button

    # ----------------------------------------------------------------------------------

    def _say(self, problem: str) -> None:
        """Say what is wrong, "" for nothing."""
        self._problem.configure(text=problem)
        self._entry.state(["invalid" if problem else "!invalid"])
        if problem:
            self._problem.grid()
        else:
            self._problem.grid_remove()

    def _changed(self) -> None:
        """Take back what was said of another text, and have what is pasted in one line."""
        text = self._text.get()
        if text != _in_one_line(text):
            self._text.set(_in_one_line(text))
        self._say("")

    def _paste(self) -> None:
        """Paste at the cursor; what is typed until the text is there stands behind it."""
        entry = self._entry
        place = entry.index("sel.first" if entry.selection_present() else "insert")

        def insert(pasted: str) -> None:
            if entry.selection_present():
                entry.delete("sel.first", "sel.last")
            entry.insert(place, pasted)

        self._pasting.paste(insert)

    def _take_keyboard(self) -> None:
        """Have the keyboard where the window below gets it, which can do nothing with it now."""
        if str(self.tk.call("grab", "current", self)) == str(self):
            self._entry.focus_set()

    def _write(self, text: str) -> None:
        self._entry.delete(0, "end")
        self._entry.insert(0, text)

    def _select(self) -> None:
        self._entry.select_range(0, "end")
        self._entry.icursor("end")

    def _is_mac(self) -> bool:
        return str(self.tk.call("tk", "windowingsystem")) == "aqua"


def _in_one_line(text: str) -> str:
    """Return a text with spaces for its line ends, which an entry shows as boxes."""
    return " ".join(text.splitlines())
