"""What is wrong with an archive, and what was done about it."""

from chatroom.archive.troubles import Trouble
from chatroom.words.about import Sentences

SENTENCES = Sentences(
    {
        Trouble.CANNOT_OPEN: (
            "{path} cannot be opened for writing: {error}. Choose another file, or mend what "
            "stands in the way.",
            "{path} tidak bisa dibuka untuk ditulis: {error}. Pilih berkas lain, atau atasi dulu "
            "penyebabnya.",
        ),
        Trouble.HELD_OPEN: (
            "{path} cannot be written while another program, such as a spreadsheet, has it open. "
            "Close that program; if there is none, see whether you may write the file.",
            "{path} tidak bisa ditulis selama program lain, misalnya aplikasi spreadsheet, "
            "membukanya. Tutup program itu; jika tidak ada, periksa apakah Anda boleh menulis "
            "berkas itu.",
        ),
        Trouble.IN_USE: (
            "{path} is in use by another server. Stop that one first, or choose another archive.",
            "{path} dipakai server lain. Hentikan dulu server itu, atau pilih arsip lain.",
        ),
        Trouble.CANNOT_LOCK: (
            "{path} keeps a second server from the archive, and cannot be opened as a file. Take "
            "it away, or choose another archive.",
            "{path}, yang mencegah dua server memakai satu arsip, tidak bisa dibuka sebagai "
            "berkas. Pindahkan, atau pilih arsip lain.",
        ),
        Trouble.IS_FOLDER: (
            "{path} is a folder. Choose a file for the archive.",
            "{path} adalah folder. Pilih sebuah berkas untuk arsip.",
        ),
        Trouble.IS_NO_FILE: (
            "{path} is a pipe, a socket or a device. Choose an ordinary file for the archive.",
            "{path} adalah pipa, soket atau perangkat. Pilih berkas biasa untuk arsip.",
        ),
        Trouble.SEMICOLONS: (
            "{path} is separated by semicolons, and line {line} does not have the cells that it "
            "should. Save it as CSV UTF-8 (comma delimited), or choose another file.",
            "{path} dipisahkan dengan titik koma, dan baris {line} tidak berisi sel yang "
            "seharusnya. Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih berkas lain.",
        ),
        Trouble.TABS: (
            "{path} is separated by tabs, and line {line} does not have the cells that it "
            "should. Save it as CSV UTF-8 (comma delimited), or choose another file.",
            "{path} dipisahkan dengan tab, dan baris {line} tidak berisi sel yang seharusnya. "
            "Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih berkas lain.",
        ),
        Trouble.UTF_16: (
            "{path} is in UTF-16, and line {line} does not have the cells that it should. Save "
            "it as CSV UTF-8 (comma delimited), or choose another file.",
            "{path} ditulis dalam UTF-16, dan baris {line} tidak berisi sel yang seharusnya. "
            "Simpan sebagai CSV UTF-8 (dipisahkan koma), atau pilih berkas lain.",
        ),
        Trouble.CR_ENDS: (
            "{path} has lines that end in a carriage return only, and line {line} does not have "
            "the cells that it should. Save it as CSV UTF-8 (comma delimited), or choose another "
            "file.",
            "{path} punya baris yang hanya berakhir dengan carriage return, dan baris {line} "
            "tidak berisi sel yang seharusnya. Simpan sebagai CSV UTF-8 (dipisahkan koma), atau "
            "pilih berkas lain.",
        ),
        Trouble.OTHER_ENCODING: (
            "{path} is not in UTF-8, so that its letters are not clear. Save it as CSV UTF-8 "
            "(comma delimited), or choose another file.",
            "{path} tidak ditulis dalam UTF-8, sehingga hurufnya tidak jelas. Simpan sebagai CSV "
            "UTF-8 (dipisahkan koma), atau pilih berkas lain.",
        ),
        Trouble.ROW_TOO_LONG: (
            "{path} cannot be brought into today's form: line {line} is too long to be a "
            "message. Mend that line, or choose another file.",
            "{path} tidak bisa diubah ke bentuk yang sekarang: baris {line} terlalu panjang "
            "untuk sebuah pesan. Perbaiki baris itu, atau pilih berkas lain.",
        ),
        Trouble.CANNOT_REWRITE: (
            "{path} must be rewritten, which failed: {error}. It is as it was.",
            "{path} harus ditulis ulang, dan itu gagal: {error}. Isinya tetap seperti semula.",
        ),
        Trouble.NOT_OUR_KEY: (
            "{path} should hold the host's key, and belongs to another user of this computer, who "
            "may know it. Take it away: everybody will be asked whether to trust the new host.",
            "{path} seharusnya berisi kunci tuan rumah, tetapi milik pengguna lain di komputer "
            "ini, yang mungkin mengetahuinya. Singkirkan: semua orang akan ditanya apakah "
            "mempercayai tuan rumah yang baru.",
        ),
        Trouble.NO_HOST_KEY: (
            "{path} should hold the host's key, and does not. Put back a copy of it; or take it "
            "away, and everybody will be asked whether to trust the new host.",
            "{path} seharusnya berisi kunci tuan rumah, tetapi tidak. Kembalikan salinannya; "
            "atau singkirkan, dan semua orang akan ditanya apakah mempercayai tuan rumah yang "
            "baru.",
        ),
        Trouble.NO_LINE_END: (
            "{path} ends in {size} bytes without a line end, which is no message of this room. "
            "Take them away in an editor, or choose another file.",
            "{path} berakhir dengan {size} byte tanpa akhir baris, yang bukan pesan ruang ini. "
            "Hapus dengan penyunting teks, atau pilih berkas lain.",
        ),
        Trouble.NOT_AN_ARCHIVE: (
            "{path} is not an archive of this room: its first line should be "
            "Room,Username,Message,Time,Id. Choose another file, or move this one away.",
            "{path} bukan arsip ruang ini: baris pertamanya seharusnya "
            "Room,Username,Message,Time,Id. Pilih berkas lain, atau pindahkan yang ini.",
        ),
        Trouble.CANNOT_WRITE: (
            "{path} cannot be written: {error}.",
            "{path} tidak bisa ditulis: {error}.",
        ),
        Trouble.CANNOT_SYNC: (
            "{path} could not be brought to the disk: {error}. Check the disk, then start the "
            "server again.",
            "{path} tidak bisa ditulis ke disk: {error}. Periksa disknya, lalu jalankan server "
            "lagi.",
        ),
        Trouble.CANNOT_RESTORE: (
            "{path} could not be written nor restored: {error}. Check the disk, then start the "
            "server again.",
            "{path} tidak bisa ditulis maupun dipulihkan: {error}. Periksa disknya, lalu "
            "jalankan server lagi.",
        ),
        Trouble.CANNOT_READ: (
            "{path} cannot be read: {error}. Check the disk, then start the server again.",
            "{path} tidak bisa dibaca: {error}. Periksa disknya, lalu jalankan server lagi.",
        ),
        Trouble.CHANGED_BY_ANOTHER: (
            "{path} was changed by another program while the room was open. Close that program, "
            "then start the server again.",
            "{path} diubah program lain selama ruang terbuka. Tutup program itu, lalu jalankan "
            "server lagi.",
        ),
        Trouble.LINES_DAMAGED: (
            "{count:damaged line|damaged lines} of {path} passed over: {lines}.",
            "{count} baris rusak di {path} dilewati: {lines}.",
        ),
        Trouble.LAST_LINE_ENDED: (
            "The last line of {path} had no line end. It is whole, and counts as a message.",
            "Baris terakhir {path} tidak punya akhir baris. Baris itu utuh, dan dihitung sebagai "
            "pesan.",
        ),
        Trouble.LAST_LINE_CUT: (
            "The last line of {path} was cut short ({size} bytes) and is kept in {kept}. To put "
            "it back, stop the server, and add it at the end of the archive as a line of five "
            "cells.",
            "Baris terakhir {path} terpotong ({size} byte) dan disimpan di {kept}. Untuk "
            "mengembalikannya, hentikan server, lalu tambahkan di akhir arsip sebagai baris "
            "dengan lima sel.",
        ),
        Trouble.UPGRADED: (
            "{path} was rewritten with {count:message|messages}. It was made by an earlier "
            "program; as it was, it is kept in {kept}.",
            "{path} ditulis ulang dengan {count} pesan. Arsip itu dibuat program yang lebih "
            "lama; bentuk aslinya disimpan di {kept}.",
        ),
        Trouble.OTHER_FORM: (
            "{path} was rewritten with {count:message|messages}. A spreadsheet had saved it in "
            "another form; as it was, it is kept in {kept}.",
            "{path} ditulis ulang dengan {count} pesan. Aplikasi spreadsheet menyimpannya dalam "
            "bentuk lain; bentuk aslinya disimpan di {kept}.",
        ),
        Trouble.ENCODING_GUESSED: (
            "{count:row|rows} of {path} not in UTF-8, read as Windows-1252 (Western "
            "European). Where letters are wrong, the file that is kept has what was there.",
            "{count} baris di {path} tidak ditulis dalam UTF-8 dan dibaca sebagai Windows-1252 "
            "(Eropa Barat). Jika ada huruf yang salah, isi semula ada di berkas yang disimpan.",
        ),
        Trouble.SPLIT_TOO_LONG: (
            "{path} was rewritten with {count:message|messages}. It held messages too long for one "
            "line of the room; as it was, it is kept in {kept}.",
            "{path} ditulis ulang dengan {count} pesan. Di dalamnya ada pesan yang terlalu "
            "panjang untuk satu baris; bentuk aslinya disimpan di {kept}.",
        ),
        Trouble.ROWS_TOO_SHORT: (
            "{count:row|rows} of {path} with too few cells.",
            "{count} baris di {path} kekurangan sel.",
        ),
        Trouble.OTHERS_MAY_READ: (
            "Note: others on this computer can read the archive {path}, and can keep the room "
            "from opening (chmod 600 hides it).",
            "Catatan: orang lain di komputer ini bisa membaca arsip {path}, dan bisa menghalangi "
            "ruang ini dibuka (chmod 600 menyembunyikannya).",
        ),
        Trouble.ZERO_BYTES: ("line {line} (zero bytes)", "baris {line} (byte nol)"),
        Trouble.NOT_UTF_8: ("line {line} (not in UTF-8)", "baris {line} (bukan UTF-8)"),
        Trouble.BAD_QUOTES: (
            "line {line} (quotes that do not match)",
            "baris {line} (tanda kutip tidak berpasangan)",
        ),
        Trouble.LINE_TOO_LONG: ("line {line} (too long)", "baris {line} (terlalu panjang)"),
        Trouble.WRONG_CELLS: (
            "line {line} (cells: {cells} instead of 5)",
            "baris {line} (sel: {cells}, bukan 5)",
        ),
        Trouble.MORE: ("and others", "dan lainnya"),
    },
)
