"""Why a password could be guessed."""

from chatroom.passwords import Weakness
from chatroom.words.about import Sentences

SENTENCES = Sentences(
    {
        Weakness.SHORT: (
            "This password is short enough to be guessed. Make it longer, or have one made of "
            "five words.",
            "Kata sandi ini terlalu pendek dan mudah ditebak. Perpanjang, atau buat kata sandi "
            "dari lima kata.",
        ),
        Weakness.COMMON: (
            "This password is among the first that people guess. Have one made of five words.",
            "Kata sandi ini termasuk yang pertama ditebak orang. Buat kata sandi dari lima kata.",
        ),
        Weakness.REPEATS: (
            "This password repeats itself or goes in a row, which is easily guessed. Have one "
            "made of five words.",
            "Kata sandi ini berulang atau berurutan, sehingga mudah ditebak. Buat kata sandi "
            "dari lima kata.",
        ),
    },
)
