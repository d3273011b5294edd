package dev.laurel.cli.service;

import java.time.Duration;
import java.util.Locale;

/** Numbers and durations as people read them. */
public final class Figures {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private Figures() {}

    /** Such as 1,234,567. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as 512 B, 1.5 MB or 2.3 GB; a thousand of each make one of the next. */
    public static String bytes(long number) {
        double shown = number;
        int unit = 0;
        while (shown >= 1_000 && unit < UNITS.length - 1) {
            shown /= 1_000;
            unit++;
        }
        return unit == 0 ? number + " B" : String.format(Locale.ROOT, "%.1f %s", shown, UNITS[unit]);
    }

    /** Such as 97.5 %, of a share from 0 to 1. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** Such as 850 ms, 12.3 s or 1:02:03. */
    public static String duration(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        Duration duration = Duration.ofMillis(millis);
        return duration.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        duration.toHours(),
                        duration.toMinutesPart(),
                        duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}
