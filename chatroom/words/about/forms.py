"""What is wrong with an answer, and why there is no window."""

from chatroom.forms import BadAnswer, NoWindow
from chatroom.words.about import Sentences

SENTENCES = Sentences(
    {
        NoWindow.NO_TKINTER: (
            "This Python has no tkinter, which the window needs. Install it (on Debian: apt "
            "install python3-tk), or do without a window: server.py --headless, client.py "
            "--console.",
            "Python ini tidak punya tkinter, yang dibutuhkan jendela. Pasanglah (di Debian: apt "
            "install python3-tk), atau jalankan tanpa jendela: server.py --headless, client.py "
            "--console.",
        ),
        NoWindow.NO_DISPLAY: (
            "There is no display for the window. Do without one: server.py --headless, client.py "
            "--console.",
            "Tidak ada layar untuk jendela. Jalankan tanpa jendela: server.py --headless, "
            "client.py --console.",
        ),
        BadAnswer.HOST_MISSING: (
            "IP address: please type one, such as 0.0.0.0 for all addresses.",
            "Alamat IP: silakan ketik satu, misalnya 0.0.0.0 untuk semua alamat.",
        ),
        BadAnswer.HOST_NO_ADDRESS: (
            "IP address: {given!r} is not an IP address. It looks like 192.168.1.20; 0.0.0.0 "
            "stands for all addresses of this computer.",
            "Alamat IP: {given!r} bukan alamat IP. Bentuknya seperti 192.168.1.20; 0.0.0.0 "
            "berarti semua alamat komputer ini.",
        ),
        BadAnswer.SERVER_MISSING: (
            "Please type the server's IP address, such as 192.168.1.20.",
            "Silakan ketik alamat IP server, misalnya 192.168.1.20.",
        ),
        BadAnswer.SERVER_NO_ADDRESS: (
            "{given!r} is not an address. Type the server's IP address, such as 192.168.1.20 or, "
            "with its port, 192.168.1.20:8080; without http://.",
            "{given!r} bukan alamat. Ketik alamat IP server, misalnya 192.168.1.20 atau dengan "
            "port-nya 192.168.1.20:8080, tanpa http://.",
        ),
        BadAnswer.SERVER_NOT_FOUND: (
            "There is no address in this text. Type the server's IP address, such as "
            "192.168.1.20 or, with its port, 192.168.1.20:8080.",
            "Tidak ada alamat dalam teks ini. Ketik alamat IP server, misalnya 192.168.1.20 atau "
            "dengan port-nya 192.168.1.20:8080.",
        ),
        BadAnswer.SESSIONS_BAD: (
            "Sessions: {given!r} is no number from 1 to {most}.",
            "Sesi: {given!r} bukan angka dari 1 sampai {most}.",
        ),
        BadAnswer.PORT_MISSING: (
            "Port: please type a number, such as {default}.",
            "Port: silakan ketik angka, misalnya {default}.",
        ),
        BadAnswer.PORT_NO_NUMBER: (
            "Port: {given!r} is not a number. Type one from 1 to 65535.",
            "Port: {given!r} bukan angka. Ketik angka dari 1 sampai 65535.",
        ),
        BadAnswer.PORT_OUT_OF_RANGE: (
            "Port: {given} is out of range. Type a number from 1 to 65535.",
            "Port: {given} di luar jangkauan. Ketik angka dari 1 sampai 65535.",
        ),
        BadAnswer.ROOM_BAD: (
            "Room: a name has 1 to {most} bytes and no control characters.",
            "Ruang: nama terdiri dari 1 sampai {most} byte, tanpa karakter kontrol.",
        ),
        BadAnswer.ARCHIVE_MISSING: (
            "Archive: please choose a file in which messages are kept.",
            "Arsip: silakan pilih berkas tempat pesan disimpan.",
        ),
        BadAnswer.PASSWORD_MISSING: (
            "Password: please type one. It is what keeps strangers out.",
            "Kata sandi: silakan ketik satu. Itulah yang mencegah orang asing masuk.",
        ),
        BadAnswer.PASSWORD_NOT_ENCODABLE: (
            "Password: it holds a character that cannot be encoded.",
            "Kata sandi: ada karakter di dalamnya yang tidak bisa dikodekan.",
        ),
        BadAnswer.PASSWORD_NOT_GIVEN: (
            "There is no password. Give it with --password-file or in {variable}.",
            "Tidak ada kata sandi. Berikan dengan --password-file atau di {variable}.",
        ),
        BadAnswer.PASSWORD_FILE_UNREADABLE: (
            "The password file {path} cannot be read: {error}.",
            "Berkas kata sandi {path} tidak bisa dibaca: {error}.",
        ),
        BadAnswer.PASSWORD_FILE_ENCODED: (
            "The password file {path} is neither UTF-8 nor UTF-16 text. Save it again as UTF-8 "
            "(in Notepad: Save As, Encoding).",
            "Berkas kata sandi {path} bukan teks UTF-8 maupun UTF-16. Simpan lagi sebagai UTF-8 "
            "(di Notepad: Simpan Sebagai, Pengodean).",
        ),
        BadAnswer.PASSWORD_FILE_EMPTY: (
            "The password file {path} has no password in its first line.",
            "Berkas kata sandi {path} tidak berisi kata sandi di baris pertamanya.",
        ),
        BadAnswer.PASSWORD_FILE_EXPOSED: (
            "Note: others on this computer can read the password file {path} (chmod 600 hides it).",
            "Catatan: orang lain di komputer ini bisa membaca berkas kata sandi {path} (chmod "
            "600 menyembunyikannya).",
        ),
        BadAnswer.NAME_NOT_GIVEN: (
            "There is no name. Give one with --name.",
            "Tidak ada nama. Berikan satu dengan --name.",
        ),
    },
)
