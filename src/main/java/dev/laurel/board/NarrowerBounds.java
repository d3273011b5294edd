package dev.laurel.board;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Score;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Score bounds that become narrower.
 *
 * @param minScore the new one; null when it is not narrower
 * @param maxScore the new one; null when it is not narrower
 * @param maxStep the new one; null when it is not narrower, or does not bound single scores
 */
record NarrowerBounds(Long minScore, Long maxScore, Long maxStep) {
    /** Manual corrections are exempt from the rules, so they violate none. */
    private static final String VIOLATED = """
            select coalesce(bool_or(score < $2), false), coalesce(bool_or(score > $3), false),
                coalesce(bool_or(abs(score) > $4), false)
            from score_event where board_id = $1 and coalesce(event_id, '') not like '#%'""";

    private static final String BEYOND_RANGE = "select derived_beyond($1, null, $2)";

    static NarrowerBounds of(BoardDefinition now, BoardDefinition then) {
        boolean shorterStep = then.maxStep() != null && (now.maxStep() == null || then.maxStep() < now.maxStep());
        return new NarrowerBounds(
                then.minScore() > now.minScore() ? then.minScore() : null,
                then.maxScore() < now.maxScore() ? then.maxScore() : null,
                shorterStep && now.operator() == Operator.SUM ? then.maxStep() : null);
    }

    /** The names of the score bounds that a change of a board would make narrower and that accepted events violate. */
    static Uni<List<String>> violated(Sql sql, Board board, UnaryOperator<BoardDefinition> change) {
        return board == null
                ? Uni.createFrom().item(List.of())
                : of(board.definition(), change.apply(board.definition())).violated(sql, board.id());
    }

    /**
     * The names of the bounds that events of a board violate; all of them when the ledger is too long to be read in
     * time.
     */
    Uni<List<String>> violated(Sql sql, int board) {
        List<String> all = names(minScore != null, maxScore != null, maxStep != null);
        if (all.isEmpty()) {
            return Uni.createFrom().item(all);
        }
        return sql.run(VIOLATED, board, minScore, maxScore, maxStep)
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return names(row.getBoolean(0), row.getBoolean(1), row.getBoolean(2));
                })
                .onFailure(Unavailable.class)
                .recoverWithItem(all);
    }

    private static List<String> names(boolean min, boolean max, boolean step) {
        List<String> names = new ArrayList<>();
        addIf(names, min, "minScore");
        addIf(names, max, "maxScore");
        addIf(names, step, "maxStep");
        return names;
    }

    private static void addIf(List<String> names, boolean wanted, String name) {
        if (wanted) {
            names.add(name);
        }
    }

    /** Refuses derived metrics of which standings that there are would leave the exact range. */
    static Uni<Void> requireWithinRange(Statements transaction, Board before, Board changed) {
        int known = before.definition().metricRules().derived().size();
        if (changed.definition().metricRules().derived().size() == known) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .run(BEYOND_RANGE, changed.id(), before.definition().metrics().size())
                .invoke(rows -> {
                    Integer beyond = rows.iterator().next().getInteger(0);
                    if (beyond != null) {
                        throw new Conflict(
                                "Metric " + changed.definition().metrics().get(beyond) + " of a player of board "
                                        + changed.name() + " would be beyond ±" + Score.MAX);
                    }
                })
                .replaceWithVoid();
    }
}
