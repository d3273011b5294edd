package dev.laurel.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values for the parameters of all that the public can read, for {@link PublicReads}. */
public final class PublicValues {
    private PublicValues() {}

    /**
     * Values for a board with two days of scores, in the second of which its daily window has been reset.
     *
     * @param cursor of its running day
     * @param days its first day, its second day, and the one after
     * @param week that the days belong to
     */
    public static Map<String, List<String>> of(String board, String cursor, List<String> days, String week) {
        String first = days.get(0);
        String second = days.get(1);
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("board", List.of(board));
        values.put("boards", List.of(board));
        values.put("periods", List.of("daily,all_time", "season"));
        values.put(
                "period",
                List.of("daily", "weekly", "monthly", "yearly", "all_time", "season", "last_7_days", "last_30_days"));
        values.put("player", List.of("ann", "new", "nobody"));
        values.put("user_id", List.of("ann", "new", "nobody"));
        values.put("season", List.of("spring"));
        values.put("first", List.of("spring"));
        values.put("second", List.of("spring", "none"));
        values.put("challenge", List.of("none"));
        values.put("achievement", List.of("none"));
        values.put("tier", List.of("gold"));
        values.put("variant", List.of("easy", "hard"));
        values.put("submission", List.of("00000000-0000-0000-0000-000000000000"));
        values.put("content", List.of("true", "false"));
        values.put("segment", List.of("friends:ann", "friends:nobody"));
        values.put("outcome", List.of("COMPLETED", "FAILED"));
        values.put("tierName", List.of("bronze", "silver"));
        values.put("boardTier", List.of("better", "other"));
        values.put("cohort", List.of("1"));
        values.put("kind", List.of("class"));
        values.put("group", List.of("none"));
        values.put("rollup", List.of("SUM", "AVERAGE", "BEST_K"));
        values.put("k", List.of("1"));
        values.put("minMembers", List.of("1", "2"));
        values.put("window", List.of(first, second, second + "%231", second + "%232", week, "spring"));
        values.put("metric", List.of("power", "kills", "gained", "points"));
        values.put("limit", List.of("1", "100"));
        values.put("offset", List.of("1"));
        values.put("cursor", List.of(cursor));
        values.put("changeSince", List.of("P1D"));
        values.put("minScore", List.of("4"));
        values.put("maxScore", List.of("4"));
        values.put("radius", List.of("0", "9"));
        values.put("at", List.of("50,90,99"));
        values.put("score", List.of("4"));
        values.put("format", List.of("csv", "ndjson"));
        values.put("with", List.of("player", "metrics", "tier", "player,metrics,baseline,gain,tier"));
        values.put("attributes", List.of("level"));
        values.put("bucket", List.of("DAY", "WEEK", "MONTH"));
        values.put("buckets", List.of("1", "7"));
        values.put("weeks", List.of("3"));
        values.put("page", List.of("1"));
        values.put("search", List.of("a"));
        values.put("username", List.of("ann"));
        values.put("after", List.of("0", "1"));
        values.put("from", List.of(first));
        values.put("to", List.of(second, days.get(2)));
        return values;
    }
}
