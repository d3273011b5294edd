package dev.laurel.imports.file.content;

import java.util.Arrays;
import java.util.HexFormat;

/** The formats of files that are recognized by their first bytes. */
public enum Signature {
    ZIP("504b0304", null),
    EMPTY_ZIP("504b0506", "is an empty zip archive"),
    SPANNED_ZIP("504b0708", "is a part of a zip archive in several parts"),
    GZIP("1f8b", null),
    OLD_EXCEL(
            "d0cf11e0a1b11ae1",
            "is an old or password-protected spreadsheet; save it as an XLSX workbook without a password"),
    PDF("25504446", "is a PDF document"),
    PNG("89504e47", "is a picture"),
    JPEG("ffd8ff", "is a picture"),
    GIF("47494638", "is a picture"),
    BZIP2("425a68", "is compressed by bzip2; only gzip and zip are supported"),
    XZ("fd377a585a00", "is compressed by xz; only gzip and zip are supported"),
    ZSTD("28b52ffd", "is compressed by zstd; only gzip and zip are supported"),
    SEVEN_ZIP("377abcaf271c", "is a 7z archive; only gzip and zip are supported"),
    RAR("526172211a07", "is a RAR archive; only gzip and zip are supported"),
    PROGRAM("7f454c46", "is a program"),
    PARQUET("50415231", "is a Parquet file"),
    SQLITE("53514c69746520666f726d6174203300", "is a database"),
    TEXT("", null);

    /** Bytes that are enough to recognize each. */
    public static final int LENGTH = 16;

    private final byte[] bytes;
    private final String refusal;

    Signature(String hex, String refusal) {
        this.bytes = HexFormat.of().parseHex(hex);
        this.refusal = refusal;
    }

    /** The format of a file that begins with these bytes; everything else is believed to be text. */
    public static Signature of(byte[] start, int length) {
        for (Signature signature : values()) {
            if (signature.isAt(start, length)) {
                return signature;
            }
        }
        return TEXT;
    }

    private boolean isAt(byte[] start, int length) {
        return bytes.length <= length && Arrays.equals(bytes, 0, bytes.length, start, 0, bytes.length);
    }

    /** Why such a file is refused; null when it can be read. */
    public String refusal() {
        return refusal;
    }
}
