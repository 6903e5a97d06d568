"""The terminal: its questions, its commands and what they answer."""

from chatroom.words.text import Text


class Ask(Text):
    """Questions before the chat."""

    PASSWORD = "Password: ", "Kata sandi: "
    NEW_PASSWORD = "Password for the room: ", "Kata sandi untuk ruang ini: "
