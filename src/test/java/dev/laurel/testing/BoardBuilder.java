package dev.laurel.testing;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A board in the making; without periods it keeps all five. */
public final class BoardBuilder {

    private final String id;
    private final Set<Period> periods = EnumSet.noneOf(Period.class);
    private String operator = "SUM";
    private String order = "DESC";
    private String rankMode = "COMPETITION";
    private String tieBreak = "EARLIEST";
    private List<String> metrics = List.of("score");
    private int decimals;
    private ZoneId zone = ZoneId.of("UTC");
    private Duration lateness = Duration.ofMinutes(5);

    private BoardBuilder(String id) {
        this.id = id;
    }

    /** A board that no other test meets: the name gets a random end. */
    public static BoardBuilder aBoard(String name) {
        return new BoardBuilder(name + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    public BoardBuilder sum() {
        return operator("SUM");
    }

    public BoardBuilder best() {
        return operator("BEST");
    }

    public BoardBuilder latest() {
        return operator("LATEST");
    }

    public BoardBuilder operator(String chosen) {
        operator = chosen;
        return this;
    }

    public BoardBuilder ascending() {
        return order("ASC");
    }

    public BoardBuilder order(String chosen) {
        order = chosen;
        return this;
    }

    public BoardBuilder ordinal() {
        return rankMode("ORDINAL");
    }

    public BoardBuilder rankMode(String chosen) {
        rankMode = chosen;
        return this;
    }

    public BoardBuilder tieBreak(String chosen) {
        tieBreak = chosen;
        return this;
    }

    /** The names of what is ranked by; the first is the score. */
    public BoardBuilder metrics(List<String> chosen) {
        metrics = List.copyOf(chosen);
        return this;
    }

    public BoardBuilder decimals(int chosen) {
        decimals = chosen;
        return this;
    }

    public BoardBuilder zone(String chosen) {
        zone = ZoneId.of(chosen);
        return this;
    }

    public BoardBuilder lateDays(int days) {
        lateness = Duration.ofDays(days);
        return this;
    }

    public BoardBuilder daily() {
        return keeping(Set.of(Period.DAILY));
    }

    public BoardBuilder weekly() {
        return keeping(Set.of(Period.WEEKLY));
    }

    public BoardBuilder yearly() {
        return keeping(Set.of(Period.YEARLY));
    }

    public BoardBuilder allTime() {
        return keeping(Set.of(Period.ALL_TIME));
    }

    public BoardBuilder keeping(Collection<Period> chosen) {
        periods.addAll(chosen);
        return this;
    }

    public BoardSpec build() {
        Set<Period> kept = periods.isEmpty() ? EnumSet.copyOf(Period.calendar()) : EnumSet.copyOf(periods);
        return new BoardSpec(id, operator, order, rankMode, tieBreak, metrics, decimals, kept, zone, lateness);
    }
}
