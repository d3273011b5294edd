package dev.laurel.imports.seen;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;
import dev.laurel.standings.write.WriteResult.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events of files that are being checked, and of the imports that these replace: with them a check finds what the rows of a
 * whole file do to each other, although it takes each chunk back.
 */
@ApplicationScoped
public class SeenEvents {
    /** Ids that imports give to their own rows: none comes twice in a file. */
    private static final String OWN_IDS = "~i-";

    private static final Set<Outcome> COUNTS = EnumSet.of(Outcome.APPLIED, Outcome.UNCHANGED, Outcome.HELD);

    private static final String REPLACED = """
            INSERT INTO import_seen (import_no, event_id, replaced)
            SELECT $1, e.event_id, true FROM score_event e
            WHERE e.import_no = ANY ($2::bigint[]) AND e.event_id IS NOT NULL AND NOT starts_with(e.event_id, '~i-')
            ON CONFLICT DO NOTHING""";

    private static final String SET_ASIDE = """
            DELETE FROM event_key k USING import_seen s
            WHERE s.import_no = $1 AND s.event_id = ANY ($3::text[]) AND s.replaced
              AND k.board_id = $2 AND k.event_id = s.event_id""";

    private static final String NOTE = """
            WITH own AS (
                SELECT t.event_id, t.content_hash FROM unnest($2::text[], $3::bigint[]) AS t(event_id, content_hash)
            ), noted AS (
                INSERT INTO import_seen (import_no, event_id, replaced, content_hash)
                SELECT $1, o.event_id, false, o.content_hash FROM own o ORDER BY o.event_id ON CONFLICT DO NOTHING
            )
            SELECT o.event_id, o.content_hash = s.content_hash FROM own o
            JOIN import_seen s ON s.import_no = $1 AND s.event_id = o.event_id AND NOT s.replaced""";

    private static final String FORGET = "DELETE FROM import_seen WHERE import_no = $1";

    private final Sql sql;

    SeenEvents(Sql sql) {
        this.sql = sql;
    }

    /** Notes the events of imports that a file is to replace; may be repeated. */
    public Uni<Void> replaces(long importId, List<Long> replaced) {
        return replaced.isEmpty()
                ? Uni.createFrom().voidItem()
                : sql.runForJob(REPLACED, importId, replaced.toArray(Long[]::new))
                        .replaceWithVoid();
    }

    /** For as long as a transaction lasts, as if the imports that are to be replaced had not brought these events. */
    public Uni<Void> setAside(Statements transaction, long importId, List<ScoreWrite> events) {
        return transaction
                .run(SET_ASIDE, importId, events.get(0).board().id(), ids(events))
                .replaceWithVoid();
    }

    /**
     * Notes events of a file whose writing has been taken back.
     *
     * @param results what became of them then
     * @return what becomes of them if those before them in the file count
     */
    public Uni<List<WriteResult>> judge(
            Statements transaction, long importId, List<ScoreWrite> events, List<WriteResult> results) {
        List<ScoreWrite> named = events.stream()
                .filter(one -> !one.clientEventId().startsWith(OWN_IDS))
                .toList();
        if (named.isEmpty()) {
            return Uni.createFrom().item(results);
        }
        Long[] hashes = named.stream().map(ScoreWrite::contentHash).toArray(Long[]::new);
        return transaction.run(NOTE, importId, ids(named), hashes).map(rows -> {
            Map<String, Outcome> again = new HashMap<>();
            for (Row row : rows) {
                again.put(row.getString(0), row.getBoolean(1) ? Outcome.DUPLICATE : Outcome.CONFLICT);
            }
            return again.isEmpty() ? results : judged(events, results, again);
        });
    }

    private static List<WriteResult> judged(
            List<ScoreWrite> events, List<WriteResult> results, Map<String, Outcome> again) {
        List<WriteResult> judged = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            WriteResult own = results.get(i);
            Outcome outcome = again.get(events.get(i).clientEventId());
            judged.add(
                    outcome == null || !COUNTS.contains(own.outcome()) ? own : new WriteResult(outcome, 0, List.of()));
        }
        return judged;
    }

    private static String[] ids(List<ScoreWrite> events) {
        return events.stream().map(ScoreWrite::clientEventId).toArray(String[]::new);
    }

    /** Once a check has ended. */
    public Uni<Void> forget(long importId) {
        return sql.runForJob(FORGET, importId).replaceWithVoid();
    }
}
