"""Bahasa Indonesia."""

from chatroom.archive.troubles import Trouble
from chatroom.client import events as member, notices
from chatroom.forms import BadAnswer, NoWindow
from chatroom.network import driver, events, sockets
from chatroom.passwords import Weakness
from chatroom.protocol import addresses, messages, names, wire
from chatroom.server import events as host, figures
from chatroom.server.host import BadSpeech
from chatroom.words.english import Key

_HOST: dict[Key, str] = {
    figures.Drop.MALFORMED_DATAGRAM: "dibuang: bukan dari protokol ini",
    figures.Drop.STALE_COOKIE: "ketukan dengan cookie lama, dijawab dengan yang baru",
    figures.Drop.FORGED: "dibuang: tandanya salah",
    figures.Drop.REPLAYED: "dibuang: sudah pernah datang",
    figures.Drop.BEYOND_RATE: "permintaan dibuang: terlalu banyak sekaligus",
    figures.Drop.MALFORMED_REQUEST: "permintaan ditolak: bentuknya salah",
    figures.Drop.OVERTAKEN: "permintaan dibuang: yang lebih baru sudah datang",
    host.KeyTaken: "kunci tuan rumah: {key}",
    host.ArchiveOpened: "{path} berisi {head} pesan",
    host.PersonJoined: "{name} masuk dari {address}",
    (host.PersonLeft, "quiet"): "{name} tidak menjawab lagi",
    host.PersonLeft: "{name} keluar",
    (host.PersonLeft, messages.Refusal.REMOVED): "{name} dikeluarkan",
    (host.PersonLeft, messages.Refusal.PASSWORD_CHANGED): (
        "{name} harus memasukkan kata sandi baru"
    ),
    (host.PersonLeft, messages.Refusal.NAME_TAKEN): (
        "{name} tidak menjawab; orang lain mengambil nama itu"
    ),
    host.PersonMoved: "{name} kini tersambung dari {address}",
    (host.JoinRefused, messages.Refusal.NAME_TAKEN): (
        "{address} ditolak: nama {name} sudah dipakai orang lain di ruang ini"
    ),
    (host.JoinRefused, messages.Refusal.NAME_BAD): (
        "{address} ditolak: nama {name} tidak diterima ruang ini"
    ),
    host.GuessFailed: "{address} ditolak: kata sandi salah",
    host.GuessesSlowed: "{address} diperlambat: terlalu banyak kata sandi salah dari sana",
    host.AddressRefused: "{address} ditolak: alamat itu tidak diizinkan",
    (host.GuessFailed, "more"): "{address} ditolak: kata sandi salah (dan {more} lainnya)",
    (host.GuessesSlowed, "more"): (
        "{address} diperlambat (dan {more} lainnya): terlalu banyak kata sandi salah dari sana"
    ),
    (host.AddressRefused, "more"): (
        "{address} ditolak (dan {more} lainnya): alamat itu tidak diizinkan"
    ),
    host.GuessesUsedUp: (
        "PERINGATAN: sangat banyak kata sandi salah datang dari sangat banyak alamat; "
        "semua penebak diperlambat"
    ),
    (host.MessagesStored, "one"): "pesan {last} dari {names} tersimpan",
    host.MessagesStored: "pesan {first}-{last} dari {names} tersimpan",
    host.HostTextsLost: (
        "TIDAK TERSIMPAN: {count} pesan Anda sendiri; tidak sampai kepada siapa pun"
    ),
    host.StorageRefused: (
        "TIDAK TERSIMPAN: {problem} Para pengirim menyimpan pesannya dan mencoba lagi"
    ),
    host.StorageRecovered: "tersimpan lagi: arsip menerima pesan seperti semula",
    host.StorageBroken: "BERHENTI: {problem} Pesan yang belum tersimpan tetap di pengirimnya",
}

_MEMBER: dict[Key, str] = {
    (member.Entered, False): "Anda berada di ruang {room} sebagai {name}.",
    (member.Entered, True): "Anda kembali di ruang {room} sebagai {name}.",
    (member.NameRefused, messages.Refusal.NAME_TAKEN): (
        "Nama {name!r} sudah dipakai orang lain di ruang ini. Silakan pilih nama lain."
    ),
    (member.NameRefused, messages.Refusal.NAME_BAD): (
        "Nama {name!r} tidak diterima ruang ini. Silakan pilih nama lain."
    ),
    member.PasswordRefused: "Kata sandinya salah. Tanyakan yang benar kepada tuan rumah.",
    (member.PasswordRefused, True): "Tuan rumah mengganti kata sandi. Masukkan yang baru.",
    member.AccessRefused: "{hint}",
    member.GuessesSlowedHere: (
        "Terlalu banyak kata sandi salah datang dari alamat Anda. Menunggu."
    ),
    member.RoomFull: ("Ruang penuh. Yang Anda tulis disimpan; dicoba lagi setiap beberapa detik."),
    member.HostUnproven: (
        "Yang menjawab di sana tidak membuktikan bahwa ia tahu kata sandinya. Tetap dicoba, "
        "pelan-pelan."
    ),
    member.HostKeyChanged: (
        "Kunci tuan rumah berbeda: dulu {known}, sekarang {met}. Mungkin ruang itu dibuat "
        "ulang, mungkin juga itu orang lain."
    ),
    (member.ServerLost, False): (
        "Server tidak menjawab. Yang Anda tulis disimpan dan terkirim begitu server kembali."
    ),
    (member.ServerLost, True): (
        "Tuan rumah menutup ruang. Yang Anda tulis disimpan dan terkirim begitu ruang dibuka lagi."
    ),
    member.ServerFound: "Server sudah kembali.",
    member.LogReplaced: "Server kini memakai arsip lain; riwayat mulai dari awal.",
    member.StorageStalled: ("Server sedang tidak bisa menyimpan pesan. Pesan Anda tidak hilang."),
    member.TextRefused: (
        "Server tidak bisa menerima salah satu pesan Anda: isinya bukan teks yang valid."
    ),
    member.PeopleChanged: "{changes}",
    notices.NameMoved: "{name} kini menulis dari perangkat lain, atau memulai lagi.",
    member.Left: "{unsaid} pesan tidak tersimpan.",
    member.Expelled: "Sesi berakhir.",
    (member.Expelled, messages.Refusal.REMOVED): "Tuan rumah mengeluarkan Anda dari ruang.",
}

_DRIVER: dict[Key, str] = {
    events.DriverStarted: "mendengarkan di {address}",
    events.DriverFailed: "{problem}",
    events.DriverStopped: "berhenti",
    driver.Fault.UNEXPECTED: "Program ini mengalami kesalahan: {error}",
    sockets.NoSocket.NO_SUCH_COMPUTER: ("Tidak ada komputer dengan nama atau alamat {host!r}."),
    sockets.NoSocket.PORT_IN_USE: (
        "Port {port} dipakai program lain di komputer ini. "
        "Pilih port lain, atau hentikan program itu."
    ),
    sockets.NoSocket.ADDRESS_NOT_OURS: (
        "{host} bukan alamat komputer ini. Ketik 0.0.0.0 untuk memakai semua alamatnya."
    ),
    sockets.NoSocket.PORT_FORBIDDEN: (
        "Sistem ini tidak mengizinkan Anda memakai port {port}: nomornya di bawah 1024, atau "
        "disediakan untuk program lain. Pilih yang lain di atas 1023."
    ),
    sockets.NoSocket.REFUSED: "Port {port} di {host} tidak bisa dibuka: {error}.",
}

_ARCHIVE: dict[Key, str] = {
    Trouble.CANNOT_OPEN: (
        "{path} tidak bisa dibuka untuk ditulis: {error}. "
        "Pilih berkas lain, atau atasi dulu penyebabnya."
    ),
    Trouble.HELD_OPEN: (
        "{path} tidak bisa ditulis selama program lain, misalnya aplikasi spreadsheet, "
        "membukanya. Tutup program itu; jika tidak ada, periksa apakah Anda boleh menulis "
        "berkas itu."
    ),
    Trouble.IN_USE: (
        "{path} dipakai server lain. Hentikan dulu server itu, atau pilih arsip lain."
    ),
    Trouble.CANNOT_LOCK: (
        "{path}, yang mencegah dua server memakai satu arsip, tidak bisa dibuka sebagai berkas. "
        "Pindahkan, atau pilih arsip lain."
    ),
    Trouble.IS_FOLDER: "{path} adalah folder. Pilih sebuah berkas untuk arsip.",
    Trouble.IS_NO_FILE: (
        "{path} adalah pipa, soket atau perangkat. Pilih berkas biasa untuk arsip."
    ),
    Trouble.SEMICOLONS: (
        "{path} dipisahkan dengan titik koma, dan baris {line} tidak berisi sel yang "
        "seharusnya. Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih berkas lain."
    ),
    Trouble.TABS: (
        "{path} dipisahkan dengan tab, dan baris {line} tidak berisi sel yang seharusnya. "
        "Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih berkas lain."
    ),
    Trouble.UTF_16: (
        "{path} ditulis dalam UTF-16, dan baris {line} tidak berisi sel yang seharusnya. "
        "Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih berkas lain."
    ),
    Trouble.CR_ENDS: (
        "{path} punya baris yang hanya berakhir dengan carriage return, dan baris {line} tidak "
        "berisi sel yang seharusnya. Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih "
        "berkas lain."
    ),
    Trouble.OTHER_ENCODING: (
        "{path} tidak ditulis dalam UTF-8, sehingga hurufnya tidak jelas. "
        "Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih berkas lain."
    ),
    Trouble.ROW_TOO_LONG: (
        "{path} tidak bisa diubah ke bentuk yang sekarang: baris {line} terlalu panjang untuk "
        "sebuah pesan. Perbaiki baris itu, atau pilih berkas lain."
    ),
    Trouble.CANNOT_REWRITE: (
        "{path} harus ditulis ulang, dan itu gagal: {error}. Isinya tetap seperti semula."
    ),
    Trouble.NO_HOST_KEY: (
        "{path} seharusnya berisi kunci tuan rumah, tetapi tidak. Kembalikan salinannya; atau "
        "singkirkan, dan semua orang akan ditanya apakah mempercayai tuan rumah yang baru."
    ),
    Trouble.NO_LINE_END: (
        "{path} berakhir dengan {size} byte tanpa akhir baris, yang bukan pesan ruang ini. "
        "Hapus dengan penyunting teks, atau pilih berkas lain."
    ),
    Trouble.NOT_AN_ARCHIVE: (
        "{path} bukan arsip ruang ini: baris pertamanya seharusnya "
        "Room,Username,Message,Time,Id. Pilih berkas lain, atau pindahkan yang ini."
    ),
    Trouble.CANNOT_WRITE: "{path} tidak bisa ditulis: {error}.",
    Trouble.CANNOT_SYNC: (
        "{path} tidak bisa ditulis ke disk: {error}. Periksa disknya, lalu jalankan server lagi."
    ),
    Trouble.CANNOT_RESTORE: (
        "{path} tidak bisa ditulis maupun dipulihkan: {error}. "
        "Periksa disknya, lalu jalankan server lagi."
    ),
    Trouble.CANNOT_READ: (
        "{path} tidak bisa dibaca: {error}. Periksa disknya, lalu jalankan server lagi."
    ),
    Trouble.CHANGED_BY_ANOTHER: (
        "{path} diubah program lain selama ruang terbuka. "
        "Tutup program itu, lalu jalankan server lagi."
    ),
    Trouble.LINES_DAMAGED: "{count} baris rusak di {path} dilewati: {lines}.",
    Trouble.LAST_LINE_ENDED: (
        "Baris terakhir {path} tidak punya akhir baris. Baris itu utuh, dan dihitung sebagai pesan."
    ),
    Trouble.LAST_LINE_CUT: (
        "Baris terakhir {path} terpotong ({size} byte) dan disimpan di {kept}. Untuk "
        "mengembalikannya, hentikan server, lalu tambahkan di akhir arsip sebagai baris "
        "dengan lima sel."
    ),
    Trouble.UPGRADED: (
        "{path} ditulis ulang dengan {count} pesan. Arsip itu dibuat program yang lebih lama; "
        "bentuk aslinya disimpan di {kept}."
    ),
    Trouble.OTHER_FORM: (
        "{path} ditulis ulang dengan {count} pesan. Aplikasi spreadsheet menyimpannya dalam "
        "bentuk lain; bentuk aslinya disimpan di {kept}."
    ),
    Trouble.ENCODING_GUESSED: (
        "{count} baris di {path} tidak ditulis dalam UTF-8 dan dibaca sebagai Windows-1252 "
        "(Eropa Barat). Jika ada huruf yang salah, isi semula ada di berkas yang disimpan."
    ),
    Trouble.SPLIT_TOO_LONG: (
        "{path} ditulis ulang dengan {count} pesan. Di dalamnya ada pesan yang terlalu panjang "
        "untuk satu baris; bentuk aslinya disimpan di {kept}."
    ),
    Trouble.ROWS_TOO_SHORT: "{count} baris di {path} kekurangan sel.",
    Trouble.ZERO_BYTES: "baris {line} (byte nol)",
    Trouble.NOT_UTF_8: "baris {line} (bukan UTF-8)",
    Trouble.BAD_QUOTES: "baris {line} (tanda kutip tidak berpasangan)",
    Trouble.LINE_TOO_LONG: "baris {line} (terlalu panjang)",
    Trouble.WRONG_CELLS: "baris {line} (sel: {cells}, bukan 5)",
    Trouble.MORE: "dan lainnya",
}

_INPUT: dict[Key, str] = {
    NoWindow.NO_TKINTER: (
        "Python ini tidak punya tkinter, yang dibutuhkan jendela. Pasanglah (di Debian: apt "
        "install python3-tk), atau jalankan tanpa jendela: server.py --headless, "
        "client.py --console."
    ),
    NoWindow.NO_DISPLAY: (
        "Tidak ada layar untuk jendela. Jalankan tanpa jendela: server.py --headless, "
        "client.py --console."
    ),
    BadAnswer.HOST_MISSING: ("Alamat IP: silakan ketik satu, misalnya 0.0.0.0 untuk semua alamat."),
    BadAnswer.HOST_NO_ADDRESS: (
        "Alamat IP: {given!r} bukan alamat IP. Bentuknya seperti 192.168.1.20; "
        "0.0.0.0 berarti semua alamat komputer ini."
    ),
    BadAnswer.SERVER_MISSING: "Silakan ketik alamat IP server, misalnya 192.168.1.20.",
    BadAnswer.SERVER_NO_ADDRESS: (
        "{given!r} bukan alamat. Ketik alamat IP server, misalnya 192.168.1.20 "
        "atau dengan port-nya 192.168.1.20:8080, tanpa http://."
    ),
    BadAnswer.SERVER_NOT_FOUND: (
        "Tidak ada alamat dalam teks ini. Ketik alamat IP server, misalnya 192.168.1.20 "
        "atau dengan port-nya 192.168.1.20:8080."
    ),
    BadAnswer.SESSIONS_BAD: "Sesi: {given!r} bukan angka dari 1 sampai {most}.",
    BadAnswer.PORT_MISSING: "Port: silakan ketik angka, misalnya {default}.",
    BadAnswer.PORT_NO_NUMBER: "Port: {given!r} bukan angka. Ketik angka dari 1 sampai 65535.",
    BadAnswer.PORT_OUT_OF_RANGE: (
        "Port: {given} di luar jangkauan. Ketik angka dari 1 sampai 65535."
    ),
    BadAnswer.ROOM_BAD: ("Ruang: nama terdiri dari 1 sampai {most} byte, tanpa karakter kontrol."),
    BadAnswer.ARCHIVE_MISSING: "Arsip: silakan pilih berkas tempat pesan disimpan.",
    BadAnswer.PASSWORD_MISSING: (
        "Kata sandi: silakan ketik satu. Itulah yang mencegah orang asing masuk."
    ),
    BadAnswer.PASSWORD_NOT_ENCODABLE: (
        "Kata sandi: ada karakter di dalamnya yang tidak bisa dikodekan."
    ),
    BadAnswer.PASSWORD_NOT_GIVEN: (
        "Tidak ada kata sandi. Berikan dengan --password-file atau di {variable}."
    ),
    BadAnswer.PASSWORD_FILE_UNREADABLE: ("Berkas kata sandi {path} tidak bisa dibaca: {error}."),
    BadAnswer.PASSWORD_FILE_ENCODED: (
        "Berkas kata sandi {path} bukan teks UTF-8 maupun UTF-16. "
        "Simpan lagi sebagai UTF-8 (di Notepad: Simpan Sebagai, Pengodean)."
    ),
    BadAnswer.PASSWORD_FILE_EMPTY: (
        "Berkas kata sandi {path} tidak berisi kata sandi di baris pertamanya."
    ),
    BadAnswer.PASSWORD_FILE_EXPOSED: (
        "Catatan: orang lain di komputer ini bisa membaca berkas kata sandi {path} "
        "(chmod 600 menyembunyikannya)."
    ),
    Weakness.SHORT: (
        "Kata sandi ini terlalu pendek dan mudah ditebak. Perpanjang, atau buat "
        "kata sandi dari lima kata."
    ),
    Weakness.COMMON: (
        "Kata sandi ini termasuk yang pertama ditebak orang. Buat kata sandi dari lima kata."
    ),
    Weakness.REPEATS: (
        "Kata sandi ini berulang atau berurutan, sehingga mudah ditebak. Buat kata sandi dari "
        "lima kata."
    ),
    BadAnswer.NAME_NOT_GIVEN: "Tidak ada nama. Berikan satu dengan --name.",
    names.BadName.MISSING: "Silakan ketik nama.",
    names.BadName.SPACE_AT_AN_END: "Nama tidak boleh diawali atau diakhiri spasi.",
    names.BadName.TOO_LONG: "Nama paling panjang {most} karakter; yang ini {size}.",
    names.BadName.UNSEEN: (
        "Nama tidak boleh berisi karakter yang tak terlihat, karakter kontrol atau pengubah "
        "arah teks."
    ),
    names.BadName.LONE_MARK: ("Nama tidak boleh diawali aksen atau tanda lain tanpa huruf."),
    names.BadName.COLON: (
        "Nama tidak boleh diakhiri titik dua, atau berisi titik dua sebelum spasi."
    ),
    names.BadName.MIXED_SCRIPTS: (
        "Nama tidak boleh mencampur huruf dari abjad yang mirip, misalnya Latin dan Kiril."
    ),
    names.BadName.RESERVED: "Nama {given!r} tidak boleh dipakai. Silakan pilih nama lain.",
    BadSpeech.NAME_HELD: (
        "Nama {given!r} sudah dipakai orang lain di ruang ini. Silakan pilih nama lain."
    ),
    BadSpeech.NO_NAME: "Ketik dulu nama yang ingin Anda pakai untuk berbicara.",
    BadSpeech.NO_TEXT: "Tidak ada yang dikirim. Ketik pesan dulu.",
    BadSpeech.TOO_LONG: (
        "Ini terlalu panjang untuk dikirim sekaligus: akan menjadi lebih dari {most} pesan. "
        "Kirim dalam beberapa bagian."
    ),
    BadSpeech.TOO_MUCH_WAITS: (
        "{count} pesan Anda menunggu karena arsip sedang tidak menerima apa pun. Kirim lagi nanti."
    ),
    BadSpeech.ROOM_CLOSED: "Ruang tidak terbuka.",
    addresses.BadNetwork.MISSING: "alamat yang mana? Misalnya 192.168.1.20 atau 192.168.1.0/24",
    addresses.BadNetwork.NEITHER_ADDRESS_NOR_NETWORK: (
        "{given!r} bukan alamat seperti 192.168.1.20 dan bukan jaringan seperti 192.168.1.0/24."
    ),
    wire.Hint.NOT_ALLOWED: "Tuan rumah tidak mengizinkan alamat Anda masuk.",
    wire.Hint.OTHER_VERSION: "Server memakai versi lain dari program ini.",
}

SENTENCES: dict[Key, str] = _HOST | _MEMBER | _DRIVER | _ARCHIVE | _INPUT
