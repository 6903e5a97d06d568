"""What stands in the host's window beside the form: tabs, people, log."""

from chatroom.words.text import Text


class Host(Text):
    """Labels, titles and questions."""

    # The window
    CONVERSATION = "&Conversation", "Per&cakapan"
    PEOPLE = "&People", "O&rang"
    LOG = "&Log", "C&atatan"
    SEARCH = "Search", "Cari"
    SEARCH_HINT = (
        "Search the conversation, or the log where that is shown (Ctrl+F)",
        "Cari di percakapan, atau di catatan bila itu yang tampil (Ctrl+F)",
    )
    NOT_OPEN = (
        "What is said, and what was said before, stands here once the room is open.",
        "Percakapan, juga yang dulu, tampil di sini setelah ruang dibuka.",
    )
    START_FIRST = "Start the room first", "Mulai ruang dulu"
    DRAFT_KEPT = (
        "It is kept here. Start the room to send it.",
        "Tulisan ini tetap ada. Mulai ruangnya untuk mengirim.",
    )
    CANCEL = "&Cancel", "B&atal"
    AND_MORE = "{names} and {count:,} more", "{names} dan {count:,} lainnya"
    STOP = "&Stop", "&Hentikan"
    STOP_AND_CLOSE = "&Stop and close", "&Hentikan dan tutup"
    STOP_TITLE = "Stop the room?", "Hentikan ruang?"
    STOP_SENTENCE = (
        "{count:other person is|others are} in the room. The talk ends until you start the room "
        "again; what was said stays in the archive.",
        "Ada {count:,} orang lain di ruang. Obrolan berhenti sampai ruang Anda mulai lagi; semua "
        "pesan tetap ada di arsip.",
    )
    UNSENT = "What you have written is not sent.", "Tulisan Anda belum dikirim."
    CLOSE_TITLE = "Close the window?", "Tutup jendela?"
    CLOSE = "C&lose", "T&utup"
    PASSWORD_CHANGED = (
        "The password was changed; everybody must prove the new one.",
        "Kata sandi sudah diganti; semua orang harus memasukkan yang baru.",
    )
    ALLOWED = "Only these may come in now: {names}", "Kini hanya ini yang boleh masuk: {names}"
    ALL_ALLOWED = "All addresses may come in now.", "Kini semua alamat boleh masuk."

    # People
    NAME = "Name", "Nama"
    ADDRESS = "Address", "Alamat"
    SINCE = "Since", "Sejak"
    HEARD = "Last heard", "Terakhir aktif"
    STATE = "State", "Status"
    MESSAGES = "Messages", "Pesan"
    HERE = "here", "hadir"
    QUIET = "quiet", "diam"
    COUNT = "{count:,}", "{count:,}"
    JUST_NOW = "now", "baru saja"
    SECONDS_AGO = "{seconds} s ago", "{seconds} dtk lalu"
    MINUTES_AGO = "{minutes} min ago", "{minutes} mnt lalu"
    NOBODY = "Nobody else is here.", "Belum ada orang lain di sini."
    REMOVE = "&Remove", "Keluarka&n"
    BLOCK = "&Block address", "&Blokir alamat"
    REMOVE_ITEM = "&Remove\u2026", "Keluarka&n\u2026"
    BLOCK_ITEM = "&Block address\u2026", "&Blokir alamat\u2026"
    COPY_NAME = "Copy &name", "&Salin nama"
    COPY_ADDRESS = "Copy &address", "Salin &alamat"
    SORT_BY = "Sort by: {column}", "Urutkan: {column}"
    DELETE_KEY = "Del", "Del"

    REMOVE_TITLE = "Remove from the room?", "Keluarkan dari ruang?"
    REMOVE_SENTENCE = (
        "{names}: out of the room at once. Whoever knows the password can come back; block the "
        "address, or change the password, to prevent that.",
        "{names}: langsung keluar dari ruang. Siapa pun yang tahu kata sandinya bisa masuk "
        "lagi; untuk mencegahnya, blokir alamatnya atau ganti kata sandi.",
    )
    BLOCK_TITLE = "Block this address?", "Blokir alamat ini?"
    BLOCK_SENTENCE = (
        "{names}: out of the room, and nobody can come in from {addresses} until you unblock "
        "it or close this window.",
        "{names}: keluar dari ruang, dan tak seorang pun bisa masuk dari {addresses} sampai "
        "blokirnya Anda buka atau jendela ini ditutup.",
    )
    BLOCK_THIS = "&Block it", "&Blokir saja"

    # Who is kept out
    BLOCKED = (
        "Blocked: {count:address|addresses}",
        "Diblokir: {count:,} alamat",
    )
    NOBODY_BLOCKED = "Nobody is blocked.", "Tidak ada yang diblokir."
    WHAT_TO_BLOCK = "Address or networ&k", "Alamat atau &jaringan"
    BLOCK_TYPED = "Block", "Blokir"
    UNBLOCK = "&Unblock", "Buka bl&okir"

    BLOCKED_NOW = "blocked {names}", "{names} diblokir"
    UNBLOCKED_NOW = "unblocked {names}", "blokir {names} dibuka"

    # Log
    COUNTED = "{said} ({count:,} times, last {last})", "{said} ({count:,} kali, terakhir {last})"
    LINES = "{count:line|lines}", "{count:,} baris"
    MATCHES = "{shown:,} of {all:,} lines", "{shown:,} dari {all:,} baris"
    DROPPED = "{count:,} older ones dropped", "{count:,} baris lama dihapus"
    WARNINGS_ONLY = "Wa&rnings only", "&Peringatan saja"
    BLOCK_HOST = "Block {address}", "Blokir {address}"
    COPY_LINES = "Copy these lines", "Salin baris-baris ini"
    COPY = "Copy", "Salin"
    SELECT_ALL = "Select all", "Pilih semua"
