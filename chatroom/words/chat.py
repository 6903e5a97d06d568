"""The chat window: its labels, hints and questions, and what it tells on the desktop.

An & stands before the letter that presses a button together with Alt.
"""

from chatroom.words.text import Text


class Chat(Text):
    """Texts by where they stand: head, strip, search, conversation, people, composer."""

    TITLE = "Chat room", "Ruang obrolan"

    CONNECTED = "Connected", "Tersambung"
    RECONNECTING = "Reconnecting\u2026", "Menyambung kembali\u2026"
    NOT_LET_IN = "Not let in", "Tidak diizinkan masuk"
    ENDED = "Ended", "Berakhir"
    WITH_PEOPLE = (
        "{line}  \u00b7  {count:person|people}",
        "{line}  \u00b7  {count:,} orang",
    )
    SEARCH = "Search", "Cari"
    SEARCH_HINT = "Search the conversation", "Cari di percakapan"
    PEOPLE = "&People", "&Orang"
    PEOPLE_HINT = "Show or hide who is in the room", "Tampilkan atau sembunyikan daftar orang"
    BELL = "&Notifications", "&Notifikasi"
    BELL_ON_HINT = (
        "This room tells you of new messages. Press for silence.",
        "Ruang ini memberi tahu Anda bila ada pesan baru. Tekan untuk membisukan.",
    )
    BELL_OFF_HINT = (
        "This room is silent. Press to be told of new messages.",
        "Ruang ini dibisukan. Tekan agar diberi tahu bila ada pesan baru.",
    )

    TRY_NOW = "&Try now", "&Coba sekarang"
    ENTER_PASSWORD = "&Enter it", "&Masukkan"
    DECIDE = "Decide\u2026", "Putuskan\u2026"
    OTHER_HOST = "Another host?", "Tuan rumah lain?"
    OTHER_HOST_ADVICE = (
        "Ask the host, by another way, what the key is now. Until you decide, nothing of yours "
        "is sent there.",
        "Tanyakan kepada tuan rumah, lewat jalan lain, apa kuncinya sekarang. Sebelum Anda "
        "memutuskan, tidak ada milik Anda yang dikirim ke sana.",
    )
    TRUST_HOST = "&Trust the new key", "&Percayai kunci baru"
    NOT_NOW = "&Not now", "&Nanti"
    REJOIN = "&Rejoin", "&Masuk lagi"

    OLDER = "Older hit", "Hasil yang lebih lama"
    OLDER_HINT = "The next older hit", "Ke hasil berikutnya yang lebih lama"
    NEWER = "Newer hit", "Hasil yang lebih baru"
    NEWER_HINT = "The next newer hit", "Ke hasil berikutnya yang lebih baru"
    CLOSE_SEARCH = "Close the search", "Tutup pencarian"
    STOP_SEARCH = "St&op", "&Hentikan"
    HITS = "{rank:,} of {count:,}", "{rank:,} dari {count:,}"
    HITS_SO_FAR = "{rank:,} of {count:,}+", "{rank:,} dari {count:,}+"
    SEARCHED = "{said}  \u00b7  {share:.0%} searched", "{said}  \u00b7  {share:.0%} sudah dicari"
    NOTHING = "Nothing found", "Tidak ditemukan"
    NOTHING_SO_FAR = "Nothing yet", "Belum ada"
    TOO_LONG = "Too long to search for", "Terlalu panjang untuk dicari"

    UNREAD = "Unread from here", "Belum dibaca mulai dari sini"
    EMPTY = "Nothing has been said here yet.", "Belum ada pesan di sini."
    COPY_MESSAGE = "Copy &message", "Salin &pesan"
    COPY_SELECTION = "&Copy selection", "Salin yang dipi&lih"
    COPY_LINK = "Copy &link", "Salin &tautan"
    NOT_OPENED = (
        "This link could not be opened in a browser. "
        "To copy its address, click it with the right button.",
        "Tautan ini tidak bisa dibuka di peramban. "
        "Untuk menyalin alamatnya, klik tautan itu dengan tombol kanan.",
    )
    SELECT_ALL = "Select &all", "Pilih &semua"
    MESSAGE = "Message {number:,}", "Pesan {number:,}"
    STORED = "stored", "terkirim"
    WAITING = "waiting", "menunggu"

    PEOPLE_HERE = "People  \u00b7  {count:,}", "Orang  \u00b7  {count:,}"
    YOU = "you", "Anda"

    SEND = "&Send", "&Kirim"
    MESSAGE_ROOM = "Message {room}", "Kirim pesan ke {room}"
    KEYS = (
        "Enter sends, Shift+Enter starts a new line",
        "Enter untuk mengirim, Shift+Enter untuk baris baru",
    )
    PARTS = (
        "{size:,} characters: will be sent as {parts:,} messages",
        "{size:,} karakter: akan dikirim sebagai {parts:,} pesan",
    )
    PARTS_SO_FAR = (
        "{size:,} characters: will be sent as {parts:,} messages or more",
        "{size:,} karakter: akan dikirim sebagai {parts:,} pesan atau lebih",
    )
    OVER = (
        "Nobody hears you here any more. What you wrote can still be copied.",
        "Pesan Anda tidak sampai lagi ke siapa pun. Tulisan Anda masih bisa disalin.",
    )

    LEAVE_TITLE = "Leave the room?", "Keluar dari ruang?"
    UNSENT = (
        "{count:of your messages has|of your messages have} not reached the server yet. "
        "If you leave now, that is lost.",
        "{count:,} pesan Anda belum sampai ke server. Jika Anda keluar sekarang, pesan itu hilang.",
    )
    DRAFT = (
        "What you have written is not sent. Leave anyway?",
        "Tulisan Anda belum dikirim. Tetap keluar?",
    )
    LEAVE = "&Leave", "&Keluar"
    STAY = "&Stay", "&Tetap di sini"

    ONE_WROTE = "{name} wrote {count:,} messages", "{name} menulis {count:,} pesan"
    TWO_WROTE = "{name} and {other} wrote", "{name} dan {other} menulis"
    MORE_WROTE = "{name} and {count:,} others wrote", "{name} dan {count:,} orang lain menulis"
