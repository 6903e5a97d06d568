"""The menu of how the windows look."""

from chatroom.words.text import Text


class Look(Text):
    """Its entries; an & stands before the letter that chooses one by the keyboard."""

    MENU = "Menu", "Menu"
    LANGUAGE = "&Language", "&Bahasa"
    APPEARANCE = "&Appearance", "&Tampilan"
    SYSTEM_LANGUAGE = "&System language", "Bahasa &sistem"
    SYSTEM_LOOK = "Like the &system", "Ikuti &sistem"
    LIGHT = "&Light", "&Terang"
    DARK = "&Dark", "&Gelap"
    ZOOM_IN = "Zoom &in", "Per&besar"
    ZOOM_OUT = "Zoom &out", "Per&kecil"
    ZOOM_RESET = "Back to &100 %", "Kembali ke &100 %"
    DETAILS = "About this &room\u2026", "Tentang &ruang ini\u2026"
    HELP = "&Help", "Ba&ntuan"
