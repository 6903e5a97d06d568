"""The field of a draft: rounded, as high as its text up to six lines, with a placeholder."""

import re
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatroom.windows import elided, keys, later, long_lines, pasting, theme

LINES_MOST = 6
UNDO_PAUSE_MS = 700
"""What is typed after such a pause is undone by itself."""

# For `re`: what stands before the cursor, or after it, and goes with one key.
WORD_BEFORE = r"(\w+|[^\w\s]+|)[^\S\n]*\Z|\n\Z"
WORD_AFTER = r"[^\S\n]*(\w+|[^\w\s]+|)|\n"


class DraftField(ttk.Frame):
    """Calls `changed` after every change of its text, soon; `text` is its Text.

    What is to come after a text that is just pasted goes through `pasting`.
    """

    def __init__(self, parent: tk.Misc, changed: Callable[[], None]) -> None:
        look = theme.of(parent)
        sides, ends, bar = look.px(13), look.px(9), look.px(18)
        super().__init__(parent, style="Field.TFrame", padding=(sides, ends, bar, ends))
        self._changed = changed
        self.text = tk.Text(
            self,
            height=1,
            width=1,
            wrap="word",
            undo=True,
            borderwidth=0,
            highlightthickness=0,
            padx=0,
            pady=look.px(2),
            font=look.body,
            background=look.c.field,
            foreground=look.c.ink,
            insertbackground=look.c.accent,
            insertwidth=max(look.px(2), 1),
            selectbackground=look.c.sel,
            selectforeground=look.c.ink,
            inactiveselectbackground=look.c.sel,
            yscrollcommand=self._show_place,
        )
        self.text.pack(fill="x", expand=True)
        self.pasting = pasting.Pasting(self.text)
        self._pause = later.Later(self, self.text.edit_separator)
        self._bar = ttk.Scrollbar(self, style="Panel.Slim.Vertical.TScrollbar")
        self._bar.configure(command=self.text.yview)
        self._placeholder = self._make_placeholder(look)
        self._bind_keys()

    @property
    def draft(self) -> str:
        """What stands there."""
        return long_lines.harden(self.text.get("1.0", "end-1c"))

    def insert(self, text: str, *, replaces: bool = True) -> None:
        """Insert at the cursor, instead of what is selected; to be undone at once."""
        field = self.text
        field.edit_separator()
        if replaces and field.tag_ranges("sel"):
            field.delete("sel.first", "sel.last")
        before = len(field.get("insert linestart", "insert"))
        after = len(field.get("insert", "insert lineend"))
        field.insert("insert", long_lines.soften(_harmless(text), before, after))
        field.edit_separator()
        field.see("insert")
        self.refresh()

    def take_over(self, other: "DraftField") -> None:
        """Have the text of another one, with what is selected there and the cursor."""
        text, theirs = self.text, other.text
        text.insert("1.0", theirs.get("1.0", "end-1c"))
        text.edit_reset()
        text.mark_set("insert", theirs.index("insert"))
        if selected := theirs.tag_ranges("sel"):
            text.tag_add("sel", *map(str, selected))
        self.refresh()
        text.see("insert")

    def clear(self) -> None:
        """Take all away, without a way back."""
        self.text.delete("1.0", "end")
        self.text.edit_reset()
        self.refresh()

    def enable(self, enabled: bool) -> None:
        """Let it be edited, or only read."""
        c = theme.of(self).c
        self.state(["!disabled" if enabled else "disabled"])
        self.text.configure(
            state="normal" if enabled else "disabled", background=c.field if enabled else c.off
        )
        self._placeholder.configure(background=self.text["background"])

    def invite(self, text: str) -> None:
        """Show this where nothing stands."""
        self._placeholder.say(text)

    def refresh(self) -> None:
        """Fit the field to its text, and tell that it changed."""
        self.text.edit_modified(False)
        self._grow()
        if self.text.compare("end-1c", "==", "1.0"):
            beside_cursor = int(str(self.text["insertwidth"])) + 1
            self._placeholder.place(x=beside_cursor, y=0, relwidth=1, width=-beside_cursor)
        else:
            self._placeholder.place_forget()
        self._changed()

    # What it looks like ----------------------------------------------------------------

    def _make_placeholder(self, look: theme.Theme) -> elided.Elided:
        label = elided.Elided(self.text, look.body, "Faded.TLabel")
        label.configure(
            font=look.body, foreground=look.c.faded, background=look.c.field, cursor="xterm"
        )
        label.bind("<Button-1>", lambda _: self.text.focus_set())
        label.bind("<ButtonRelease-2>", lambda _: self._paste("PRIMARY"))
        return label

    def _grow(self) -> None:
        """Be as high as the text, as far as is decent: lines as they are wrapped count."""
        last = f"1.0 + {LINES_MOST - 1} display lines"
        if self.text.compare(last, ">", "end-1c"):
            last = "end-1c"
        below = self.text.tk.call(self.text, "count", "-displaylines", "1.0", last)
        lines = 1 + int(str(below or 0))
        if lines != int(str(self.text["height"])):
            self.text.configure(height=lines)
            self.text.see("insert")

    def _show_place(self, first: float, last: float) -> None:
        """Show a scroll bar where there is more than fits; it takes no room of the text."""
        self._bar.set(float(first), float(last))
        if float(first) <= 0 and float(last) >= 1:
            self._bar.place_forget()
        else:
            px = theme.of(self).px
            self._bar.place(
                bordermode="outside",
                anchor="ne",
                relx=1,
                x=-px(4),
                y=px(7),
                relheight=1,
                height=-px(14),
            )

    # What is done to it ----------------------------------------------------------------

    def _bind_keys(self) -> None:
        keys.set_up(self)
        text, word = self.text, keys.word_modifier(self)
        text.bind("<FocusIn>", lambda _: self.state(["focus"]))
        text.bind("<FocusOut>", lambda _: self.state(["!focus"]))
        text.bind("<Configure>", lambda _: self._grow())
        text.bind("<<Modified>>", self._modified)
        keys.bind(text, "<Tab>", lambda: _focus(text.tk_focusNext()))
        for back in ("<Shift-Tab>", "<<PrevWindow>>"):
            keys.bind(text, back, lambda: _focus(text.tk_focusPrev()))
        keys.bind(text, f"<{word}-BackSpace>", lambda: self._delete_word(back=True))
        keys.bind(text, f"<{word}-Delete>", lambda: self._delete_word(back=False))
        keys.bind(text, "<<Copy>>", self._copy)
        keys.bind(text, "<<Cut>>", lambda: self._copy(cut=True))
        keys.bind(text, "<<Paste>>", self._paste)
        text.bind("<<PasteSelection>>", self._paste_at_mouse)

    def _modified(self, _: "tk.Event[tk.Misc]") -> None:
        if not self.text.edit_modified():
            return  # this tells of our own `edit_modified(False)`
        if self.text.get("insert-1c").isspace():
            self.text.edit_separator()
        self._pause.start(UNDO_PAUSE_MS)
        self.refresh()

    def _delete_word(self, *, back: bool) -> None:
        text = self.text
        text.edit_separator()
        if text.tag_ranges("sel"):
            text.delete("sel.first", "sel.last")
        elif back and (found := re.search(WORD_BEFORE, text.get("insert linestart -1c", "insert"))):
            text.delete(f"insert -{len(found[0])}c", "insert")
        elif not back and (found := re.match(WORD_AFTER, text.get("insert", "insert lineend +1c"))):
            text.delete("insert", f"insert +{len(found[0])}c")
        text.see("insert")

    def _copy(self, *, cut: bool = False) -> None:
        text = self.text
        if text.tag_ranges("sel"):
            copied = text.get("sel.first", "sel.last")
            if text.compare("sel.last", "==", "end"):
                copied = copied[:-1]  # of a line end that nobody typed
            text.clipboard_clear()
            text.clipboard_append(long_lines.harden(copied))
            if cut and str(text["state"]) == "normal":
                text.edit_separator()
                text.delete("sel.first", "sel.last")

    def _paste(self, selection: str = "CLIPBOARD") -> None:
        self.pasting.then(lambda: self._paste_here(selection))

    def _paste_here(self, selection: str) -> None:
        """Paste at the cursor; what is typed until the text is there stands behind it."""
        field = self.text
        field.mark_set("place", "insert")
        field.mark_gravity("place", "left")

        def insert(pasted: str) -> None:
            if str(field["state"]) == "normal":
                field.mark_set("behind", "insert")
                field.mark_set("insert", "place")
                self.insert(pasted, replaces=selection == "CLIPBOARD")
                field.mark_set("insert", "behind")
                field.see("insert")

        self.pasting.paste(insert, selection)

    def _paste_at_mouse(self, event: "tk.Event[tk.Misc]") -> str:
        """Paste what is selected, here or elsewhere, unless the mouse dragged the text."""
        if not _was_dragged(self.text):
            self.text.mark_set("insert", f"@{event.x},{event.y}")
            self.text.focus_set()
            self._paste("PRIMARY")
        return "break"


# --------------------------------------------------------------------------------------


def _focus(widget: tk.Misc | None) -> None:
    if widget is not None:
        widget.focus_set()


def _was_dragged(text: tk.Text) -> bool:
    """Tell whether the middle button scrolled, as Tk's own bindings note it."""
    moved = "expr {[info exists tk::Priv(mouseMoved)] && $tk::Priv(mouseMoved)}"
    return bool(text.tk.getboolean(text.tk.eval(moved)))


def _harmless(text: str) -> str:
    """Return a text as Tk can hold it, its lines ended by a line feed each."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\u2400")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
