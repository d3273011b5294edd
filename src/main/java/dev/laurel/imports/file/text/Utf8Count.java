package dev.laurel.imports.file.text;

/** Counts what is UTF-8 among the bytes of a text, and what is not. */
final class Utf8Count {
    /** As many whole characters for each broken one, and it is a damaged UTF-8 rather than something else. */
    private static final int WHOLE_PER_BROKEN = 4;

    private long whole;
    private long broken;
    private int missing;

    /** Returns whether there was anything but ASCII. */
    boolean see(byte[] buffer, int length) {
        boolean other = false;
        for (int i = 0; i < length; i++) {
            int b = buffer[i];
            if (b >= 0 && missing == 0) {
                continue;
            }
            other = true;
            see(b & 0xff);
        }
        return other;
    }

    private void see(int b) {
        if (missing > 0) {
            if ((b & 0xc0) == 0x80) {
                if (--missing == 0) {
                    whole++;
                }
                return;
            }
            broken++;
            missing = 0;
        }
        if (b >= 0x80) {
            missing = following(b);
            if (missing == 0) {
                broken++;
            }
        }
    }

    /** How many bytes follow the first one of a character; 0 when it is no first one. */
    private static int following(int b) {
        if (b >= 0xc2 && b <= 0xdf) {
            return 1;
        }
        if (b >= 0xe0 && b <= 0xef) {
            return 2;
        }
        return b >= 0xf0 && b <= 0xf4 ? 3 : 0;
    }

    /** Once everything has been seen. */
    boolean isLikely() {
        long faults = missing > 0 ? broken + 1 : broken;
        return faults == 0 || whole >= WHOLE_PER_BROKEN * faults;
    }
}
