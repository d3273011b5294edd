package dev.laurel.analytics;

import dev.laurel.testing.LaurelApi;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A random history of a board, carried out by the service, and what plain loops make of it. */
public final class History {
    private static final List<String> TAGS = List.of("loops", "arrays", "recursion", "NULL");
    private static final List<String> OUTCOMES = List.of("COMPLETED", "FAILED", "PARTIAL");

    private final LaurelApi api;
    private final String board;
    private final ZoneId zone;
    private final boolean adds;
    private final Random random;
    private final List<String> players;
    private final List<Event> events = new ArrayList<>();
    private int sent;

    /** A submitted event, or an adjustment. */
    public record Event(
            String player, Instant at, long score, String outcome, List<String> tags, Long duration, boolean byHand) {}

    public History(LaurelApi api, String board, ZoneId zone, boolean adds, List<String> players, long seed) {
        this.api = api;
        this.board = board;
        this.zone = zone;
        this.adds = adds;
        this.players = players;
        this.random = new Random(seed);
    }

    public List<Event> events() {
        return events;
    }

    /** Submits events that happened in the last days, many of them close to midnight. */
    public void submit(int number, Instant now, int days) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Event event = event(now, days);
            events.add(event);
            lines.add(json(event));
        }
        String refused = api.postAs(
                        "/api/v1/boards/" + board + "/scores/batch", "application/x-ndjson", String.join("\n", lines))
                .expect(200)
                .json()
                .findValuesAsText("status")
                .toString();
        if (refused.contains("REFUSED")) {
            throw new AssertionError(refused);
        }
    }

    private Event event(Instant now, int days) {
        LocalDate day = now.atZone(zone).toLocalDate().minusDays(random.nextInt(days));
        Instant at = day.atStartOfDay(zone)
                .toInstant()
                .plusSeconds(random.nextBoolean() ? random.nextInt(26 * 3600) : random.nextInt(240) - 120);
        if (at.isAfter(now)) {
            at = now.minusSeconds(random.nextInt(3600));
        }
        String outcome = random.nextInt(4) == 0 ? null : OUTCOMES.get(random.nextInt(3));
        List<String> tags = TAGS.stream().filter(tag -> random.nextInt(3) == 0).toList();
        return new Event(
                players.get(random.nextInt(players.size())),
                at,
                random.nextInt(20),
                outcome,
                tags,
                random.nextBoolean() ? null : (long) random.nextInt(100_000),
                false);
    }

    private String json(Event event) {
        StringBuilder json = new StringBuilder("{\"playerId\":\"" + event.player + "\",\"score\":" + event.score
                + ",\"occurredAt\":\"" + event.at + "\",\"eventId\":\"e" + sent++ + "\"");
        if (event.outcome != null) {
            json.append(",\"outcome\":\"").append(event.outcome).append('"');
        }
        if (!event.tags.isEmpty()) {
            json.append(",\"tags\":[\"")
                    .append(String.join("\",\"", event.tags))
                    .append("\"]");
        }
        if (event.duration != null) {
            json.append(",\"durationMs\":").append(event.duration);
        }
        return json.append('}').toString();
    }

    /** Adds an adjustment; a number for {@link #undo}. */
    public long adjust(Instant now) {
        String player = players.get(random.nextInt(players.size()));
        long score = 1 + random.nextInt(50);
        long number = api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments",
                        "{\"playerId\":\"" + player + "\",\"score\":" + score + ",\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200)
                .json()
                .path("adjustment")
                .asLong();
        events.add(new Event(player, now, score, null, List.of(), null, true));
        return number;
    }

    /** Undoes the adjustment that was made last but some. */
    public void undo(long number, int lastBut) {
        api.post(
                        "/api/v1/admin/boards/" + board + "/adjustments/" + number + "/undo",
                        "{\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200);
        List<Event> made = events.stream().filter(Event::byHand).toList();
        events.remove(made.get(made.size() - 1 - lastBut));
    }

    /** The player has been erased. */
    public void erase(String player) {
        events.removeIf(event -> event.player.equals(player));
    }

    public LocalDate day(Event event) {
        return event.at.atZone(zone).toLocalDate();
    }

    /** The events of a player by day. */
    public Map<LocalDate, List<Event>> days(String player) {
        Map<LocalDate, List<Event>> days = new TreeMap<>();
        for (Event event : events) {
            if (event.player.equals(player) && (adds || !event.byHand)) {
                days.computeIfAbsent(day(event), absent -> new ArrayList<>()).add(event);
            }
        }
        return days;
    }

    /** What should be in activity_day, a line for each row. */
    public List<String> dayRows() {
        List<String> rows = new ArrayList<>();
        for (String player : players) {
            days(player).forEach((day, all) -> rows.add(player + " " + day + " " + figures(all)));
        }
        return rows.stream().sorted().toList();
    }

    /** What should be in activity_day_tag. */
    public List<String> tagRows() {
        List<String> rows = new ArrayList<>();
        for (String player : players) {
            for (String tag : TAGS) {
                days(player).forEach((day, all) -> {
                    List<Event> own = all.stream()
                            .filter(event -> event.tags.contains(tag))
                            .toList();
                    if (!own.isEmpty()) {
                        rows.add(player + " " + tag + " " + day + " " + own.size() + " " + outcomes(own));
                    }
                });
            }
        }
        return rows.stream().sorted().toList();
    }

    /** What should be in activity_player. */
    public List<String> playerRows() {
        List<String> rows = new ArrayList<>();
        for (String player : players) {
            Map<LocalDate, List<Event>> days = days(player);
            List<LocalDate> active = active(player);
            List<Event> all = days.values().stream().flatMap(List::stream).toList();
            if (all.isEmpty()) {
                continue;
            }
            long weeks = 0;
            for (LocalDate day : active) {
                weeks |= 1L << (monday(day).toEpochDay() - monday(active.get(0)).toEpochDay()) / 7;
            }
            rows.add(player + " " + count(all, event -> !event.byHand) + " " + active.size() + " " + sum(all) + " "
                    + outcomes(all) + " "
                    + (active.isEmpty() ? "- -" : active.get(0) + " " + active.get(active.size() - 1))
                    + " " + weeks);
        }
        return rows.stream().sorted().toList();
    }

    private static LocalDate monday(LocalDate day) {
        return day.minusDays(day.getDayOfWeek().getValue() - 1L);
    }

    /** The days on which a player submitted something, in order. */
    public List<LocalDate> active(String player) {
        List<LocalDate> active = new ArrayList<>();
        days(player).forEach((day, all) -> {
            if (all.stream().anyMatch(event -> !event.byHand)) {
                active.add(day);
            }
        });
        return active;
    }

    private static String figures(List<Event> all) {
        List<Event> own = all.stream().filter(event -> !event.byHand).toList();
        if (own.isEmpty()) {
            return "0 " + sum(all) + " - - - " + outcomes(own);
        }
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        Event latest = null;
        for (Event event : own) {
            lowest = Math.min(lowest, event.score);
            highest = Math.max(highest, event.score);
            if (latest == null || !event.at.isBefore(latest.at)) {
                latest = event;
            }
        }
        return own.size() + " " + sum(all) + " " + lowest + " " + highest + " " + latest.score + " " + outcomes(own);
    }

    public static long sum(List<Event> events) {
        return events.stream().mapToLong(Event::score).sum();
    }

    private static long count(List<Event> events, Predicate<Event> which) {
        return events.stream().filter(which).count();
    }

    private static String outcomes(List<Event> events) {
        return count(events, event -> event.outcome != null) + " "
                + count(events, event -> "COMPLETED".equals(event.outcome))
                + " " + count(events, event -> "PARTIAL".equals(event.outcome)) + " "
                + events.stream()
                        .mapToLong(event -> event.duration == null ? 0 : event.duration)
                        .sum();
    }
}
