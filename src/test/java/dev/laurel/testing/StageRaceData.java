package dev.laurel.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The published final classifications of the Tour de France: LeTourDataSet by thomascamminady, MIT. */
public final class StageRaceData {

    private StageRaceData() {}

    /** One rider's time in one edition, with the first and last place of the tie it belongs to. */
    public record Finish(int year, int row, int officialRank, String rider, long seconds, int tieFirst, int tieLast) {

        /** A player id from which the rider's name can be read again. */
        public String playerId() {
            return "%d.%03d.%s".formatted(year, row, encode(rider));
        }

        public ScoreEvent event() {
            Instant end = Instant.parse(year + "-07-31T12:00:00Z");
            return new ScoreEvent(playerId(), BigDecimal.valueOf(seconds), playerId(), end);
        }
    }

    /** All finishes, edition by edition in the file's order. */
    public static List<Finish> finishes() {
        List<Finish> finishes = new ArrayList<>();
        for (Map<String, String> row : CsvResource.rows("tdf_gc.csv.gz")) {
            finishes.add(new Finish(
                    Integer.parseInt(row.get("year")),
                    finishes.size() + 1,
                    Integer.parseInt(row.get("official_rank")),
                    row.get("rider"),
                    Long.parseLong(row.get("total_seconds")),
                    Integer.parseInt(row.get("tie_first")),
                    Integer.parseInt(row.get("tie_last"))));
        }
        return finishes;
    }

    /** The rider's name inside a player id. */
    public static String riderIn(String playerId) {
        String encoded = playerId.split("\\.", 3)[2];
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int at = 0; at < encoded.length(); at++) {
            char next = encoded.charAt(at);
            if (next == '+') {
                name.write(Integer.parseInt(encoded.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                name.write(next == '_' ? ' ' : next);
            }
        }
        return name.toString(StandardCharsets.UTF_8);
    }

    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte next : name.getBytes(StandardCharsets.UTF_8)) {
            if (next == ' ') {
                encoded.append('_');
            } else if (next >= 'A' && next <= 'Z' || next >= 'a' && next <= 'z' || next == '-') {
                encoded.append((char) next);
            } else {
                encoded.append("+%02x".formatted(next & 0xff));
            }
        }
        return encoded.toString();
    }
}
