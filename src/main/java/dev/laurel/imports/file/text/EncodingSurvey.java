package dev.laurel.imports.file.text;

import dev.laurel.imports.file.content.Content;
import dev.laurel.imports.file.content.Refusal;
import org.mozilla.universalchardet.UniversalDetector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Finds the encoding of a text by reading all of it: the first letter that is not ASCII may be in the last row. Doing so
 * before any row is used also reveals what is no text, is truncated, or expands too far.
 */
final class EncodingSurvey {
    private static final int BUFFER = 1 << 16;

    /** Bytes shown to the detector: what contains other letters than ASCII. */
    private static final int SHOWN = 1 << 20;

    /** Of a thousand bytes, as many control characters as no text has. */
    private static final int MANY_CONTROLS = 20;

    /** Fewer are faults of a row, and reported as such. */
    private static final int FEW_CONTROLS = 16;

    /** What spreadsheets of the West wrote before UTF-8. */
    private static final String USUAL = "windows-1252";

    private final Utf8Count utf8 = new Utf8Count();
    private final UniversalDetector detector = new UniversalDetector();
    private long bytes;
    private long controls;
    private int shown;

    private EncodingSurvey() {}

    static TextEncoding of(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] buffer = new byte[BUFFER];
            int length = in.readNBytes(buffer, 0, BUFFER);
            TextEncoding marked = marked(buffer, length);
            EncodingSurvey survey = new EncodingSurvey();
            while (length > 0) {
                survey.see(buffer, length, marked == null);
                length = in.readNBytes(buffer, 0, BUFFER);
            }
            return marked == null ? survey.found() : marked;
        }
    }

    /** The encoding that a mark at the beginning tells, or that follows from every second byte being zero. */
    private static TextEncoding marked(byte[] start, int length) {
        if (startsWith(start, length, 0xef, 0xbb, 0xbf)) {
            return new TextEncoding(StandardCharsets.UTF_8, 3);
        }
        if (startsWith(start, length, 0xff, 0xfe)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        if (startsWith(start, length, 0xfe, 0xff)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2);
        }
        if (length >= 4 && start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 0);
        }
        if (length >= 4 && start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 0);
        }
        return null;
    }

    private static boolean startsWith(byte[] start, int length, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= length || (start[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private void see(byte[] buffer, int length, boolean unmarked) {
        if (!unmarked) {
            return;
        }
        bytes += length;
        for (int i = 0; i < length; i++) {
            if (buffer[i] >= 0 && buffer[i] < ' ' && buffer[i] != '\t' && buffer[i] != '\n' && buffer[i] != '\r') {
                controls++;
            }
        }
        boolean other = utf8.see(buffer, length);
        if (other && shown < SHOWN) {
            detector.handleData(buffer, 0, length);
            shown += length;
        }
        if (controls > FEW_CONTROLS && controls * 1000 > bytes * MANY_CONTROLS) {
            throw Refusal.of("is not a text: it is full of control characters");
        }
    }

    private TextEncoding found() {
        if (utf8.isLikely()) {
            return new TextEncoding(StandardCharsets.UTF_8, 0);
        }
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return new TextEncoding(Charset.forName(name != null && Charset.isSupported(name) ? name : USUAL), 0);
    }
}
