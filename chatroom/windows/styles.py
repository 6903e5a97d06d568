"""The ttk styles, drawn with pictures on clam: one table of names for all windows.

Buttons: Accent (the one thing to do), Plain, Bad (what takes something away), Ghost (icons
in a head), Warn.Ghost and Bad.Ghost (in a banner). Frames: Chat, Line, Warn and Bad (flat),
Card, Track, Good, Idle and Busy (rounded). Labels: Title, Bold, Faded, Small, Tiny, Alarm,
Warn, Bad, Good, Idle, Busy. Seg.TRadiobutton is a tab in a Track, Slim and Panel.Slim are
scroll bars in the conversation and elsewhere. Entry, Combobox, Checkbutton, Treeview and
Progressbar have no name of their own.

What has the keyboard has a ring or a border in the accent's colour.
"""

from tkinter import ttk

from chatroom.windows import colours, field_styles, style_maker
from chatroom.windows.fonts import Fonts
from chatroom.windows.painter import Painter

GREY_IN_CLAM = (".", "TButton", "TRadiobutton", "TCheckbutton", "TEntry", "TCombobox", "TFrame")


def make_styles(painter: Painter, fonts: Fonts, name: str) -> None:
    """Make a ttk theme with this name, of all styles in one look; `use` puts it on."""
    maker = style_maker.Maker(painter, fonts)
    maker.style.theme_create(name, "clam")
    maker.style.theme_use(name)
    _set_ground(maker)
    _make_buttons(maker)
    _make_banner_buttons(maker)
    _make_tabs(maker)
    _make_frames(maker)
    _make_labels(maker)
    field_styles.make_all(maker)


def use(painter: Painter, fonts: Fonts, name: str) -> None:
    """Have all widgets that are made from now on look like this, also those not of ttk."""
    root, c = painter.root, painter.c
    ttk.Style(root).theme_use(name)
    root.tk.call(
        *("tk_setPalette", "background", c.panel, "foreground", c.ink),
        *("activeBackground", c.over, "activeForeground", c.ink),
        *("selectBackground", c.sel, "selectForeground", c.ink),
        *("disabledForeground", c.off_ink, "insertBackground", c.ink),
        *("highlightBackground", c.panel, "highlightColor", c.accent),
        *("troughColor", c.over, "selectColor", c.field),
    )
    root.configure(background=c.chat)
    for kind in ("Text", "Menu", "TCombobox*Listbox"):
        root.option_add(f"*{kind}.font", fonts.body)
    for kind in ("Menu", "TCombobox*Listbox"):
        root.option_add(f"*{kind}.relief", "flat")


def _set_ground(maker: style_maker.Maker) -> None:
    """Set what all styles begin with."""
    c, style = maker.c, maker.style
    for name in GREY_IN_CLAM:  # clam's greys
        style.map(name, background=[], foreground=[("disabled", c.off_ink)])
    style.configure(
        ".",
        background=c.panel,
        foreground=c.ink,
        font=maker.fonts.body,
        borderwidth=0,
        insertcolor=c.ink,
        selectbackground=c.sel,
        selectforeground=c.ink,
    )


def _make_buttons(maker: style_maker.Maker) -> None:
    c, patch, ring = maker.c, maker.patch, maker.ring
    maker.element(
        "Accent.back",
        patch(c.accent),
        ("disabled", patch(c.off)),
        ("pressed", patch(c.accent_down)),
        ("focus", patch(c.accent, ring=ring)),
        ("active", patch(c.accent_over)),
    )
    maker.element(
        "Plain.back",
        patch(c.panel, c.edge),
        ("disabled", patch(c.panel, c.line)),
        ("pressed", patch(c.down, c.edge)),
        ("focus", patch(c.panel, c.accent, ring)),
        ("active", patch(c.over, c.edge)),
    )
    maker.element(
        "Ghost.back",
        patch(""),
        ("disabled", patch("")),
        ("pressed", patch(c.down)),
        ("focus", "selected", patch(c.over, c.accent, ring)),
        ("selected", patch(c.over)),
        ("focus", patch(c.panel, c.accent, ring)),
        ("active", patch(c.over)),
    )
    plain, wide, narrow = "Plain.back", (16, 8), (8, 7)
    maker.button("TButton", plain, c.ink, wide)
    maker.button("Plain.TButton", plain, c.ink, wide)
    maker.button("Bad.TButton", plain, c.bad, wide)
    maker.button("Accent.TButton", "Accent.back", c.on_accent, wide)
    maker.button("Ghost.TButton", "Ghost.back", c.ink, narrow)
    maker.style.configure("Accent.TButton", font=maker.fonts.bold)


def _make_banner_buttons(maker: style_maker.Maker) -> None:
    c, patch = maker.c, maker.patch
    for name, back, ink in (("Warn", c.warn, c.warn_ink), ("Bad", c.alarm, c.alarm_ink)):
        over, down = colours.mix(ink, back, 0.1), colours.mix(ink, back, 0.2)
        maker.element(
            f"{name}.back",
            patch(""),
            ("disabled", patch("")),
            ("pressed", patch(down)),
            ("focus", patch(back, ink)),
            ("active", patch(over)),
        )
        maker.button(f"{name}.Ghost.TButton", f"{name}.back", ink, (12, 5))
        maker.style.configure(f"{name}.Ghost.TButton", background=back, font=maker.fonts.bold)


def _make_tabs(maker: style_maker.Maker) -> None:
    """Make radio buttons that look like one switch. None is bold: it would get no room."""
    c, patch = maker.c, maker.patch
    chosen = (c.panel, c.edge if c.panel < c.ink else c.line)
    maker.element(
        "Seg.back",
        patch("", r=7),
        ("selected", "focus", patch(c.panel, c.accent, maker.ring, r=7)),
        ("selected", patch(*chosen, r=7)),
        ("focus", patch("", c.accent, r=7)),
        ("active", patch(c.down, r=7)),
        r=7,
    )
    maker.button("Seg.TRadiobutton", "Seg.back", c.faded, (16, 6))
    maker.style.configure("Seg.TRadiobutton", background=c.over)
    maker.style.map("Seg.TRadiobutton", foreground=[("selected", c.ink)])


def _make_frames(maker: style_maker.Maker) -> None:
    c, style = maker.c, maker.style
    for name, fill in (
        ("Chat", c.chat),
        ("Line", c.line),
        ("Warn", c.warn),
        ("Bad", c.alarm),
    ):
        style.configure(f"{name}.TFrame", background=fill)
    for name, fill, border, r in (
        ("Card", c.panel, c.line, 12),
        ("Track", c.over, "", 9),
        ("Good", c.good_back, "", 9),
        ("Idle", c.over, "", 9),
        ("Busy", c.warn, "", 9),
    ):
        # What is large is opaque: to blend is slow on X11.
        under = c.chat if name == "Card" else ""
        maker.element(f"{name}.back", maker.patch(fill, border, r=r, under=under), r=r)
        style.layout(f"{name}.TFrame", [(f"{name}.back", {"sticky": "nswe"})])
    style.configure("Card.TFrame", background=c.chat)


def _make_labels(maker: style_maker.Maker) -> None:
    c, fonts = maker.c, maker.fonts
    for name, ink, back, font in (
        ("Title", c.ink, c.panel, fonts.title),
        ("Bold", c.ink, c.panel, fonts.bold),
        ("Small", c.ink, c.panel, fonts.small),
        ("Faded", c.faded, c.panel, fonts.small),
        ("Tiny", c.faded, c.panel, fonts.tiny),
        ("Alarm", c.bad, c.panel, fonts.small),
        ("Warn", c.warn_ink, c.warn, fonts.body),
        ("Bad", c.alarm_ink, c.alarm, fonts.body),
        ("Good", c.ink, c.good_back, fonts.small),
        ("Idle", c.faded, c.over, fonts.small),
        ("Busy", c.warn_ink, c.warn, fonts.small),
    ):
        maker.style.configure(f"{name}.TLabel", foreground=ink, background=back, font=font)
