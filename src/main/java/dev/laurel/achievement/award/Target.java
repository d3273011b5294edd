package dev.laurel.achievement.award;

import dev.laurel.achievement.rule.Condition;
import dev.laurel.achievement.rule.Fact;
import dev.laurel.achievement.rule.Goal;
import dev.laurel.achievement.rule.Measure;
import dev.laurel.achievement.rule.RuleText;
import dev.laurel.shared.Period;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An achievement to be awarded.
 *
 * @param segment to which a player has to belong; null for none
 * @param revocable whether an award without ground is taken back
 * @param limited whether only the first players have it
 * @param frozen whether nothing may be awarded at the moment
 * @param boards those that its rule names, by name
 */
record Target(
        int number,
        short tenant,
        Goal goal,
        String segment,
        boolean revocable,
        boolean limited,
        boolean frozen,
        Map<String, OnBoard> boards) {
    /** Selects what {@link #of} reads, of achievements named a; the instant is the first argument. */
    static final String COLUMNS = """
            a.number, a.tenant_id, a.rule::text, a.tiers::text, a.repeats, a.segment, a.revocable, a.first IS NOT NULL,
            is_achievement_frozen(a, $1), (
                SELECT coalesce(json_object_agg(b.name, json_build_array(b.id, b.decimals, b.retention_ms IS NOT NULL)), '{}')
                FROM board b
                WHERE b.tenant_id = a.tenant_id AND b.deleted_at IS NULL AND a.boards ? b.name)::text""";

    static Target of(Row row) {
        Map<String, OnBoard> boards = new HashMap<>();
        new JsonObject(row.getString(9)).forEach(one -> {
            JsonArray board = (JsonArray) one.getValue();
            boards.put(one.getKey(), new OnBoard(board.getInteger(0), board.getInteger(1), board.getBoolean(2)));
        });
        Short repeats = row.getShort(4);
        Goal goal = new Goal(
                RuleText.readRule(row.getString(2)),
                RuleText.readTiers(row.getString(3)),
                repeats == null ? null : Period.ofCode(repeats));
        return new Target(
                row.getInteger(0),
                row.getShort(1),
                goal,
                row.getString(5),
                row.getBoolean(6),
                row.getBoolean(7),
                row.getBoolean(8),
                boards);
    }

    /** Whether it can be decided: every board it names exists. */
    boolean isWhole() {
        return goal.rule().conditions().allMatch(one -> one.board() == null || boards.containsKey(one.board()));
    }

    boolean measures(Predicate<Measure> kind) {
        return goal.rule().conditions().map(Condition::measure).anyMatch(kind);
    }

    /**
     * Whether awards without ground may be taken back: not where the ground vanishes by itself, with the archives of a
     * board that keeps them for a time.
     */
    boolean takesBack() {
        return revocable
                && goal.facts().stream()
                        .noneMatch(fact ->
                                isArchived(fact) && boards.get(fact.board()).forgets());
    }

    private static boolean isArchived(Fact fact) {
        return fact.measure().hasPeriod() && fact.period() != Period.ALL_TIME;
    }

    /**
     * A board that a rule names.
     *
     * @param forgets whether it keeps its archives only for a time
     */
    record OnBoard(int id, int decimals, boolean forgets) {}
}
