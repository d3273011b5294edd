package dev.laurel.warming;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.warming.forecast.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The parts of a run, each of which is taken by one process: so several share the work, and a slow one takes less of it. */
@ApplicationScoped
class Pieces {
    static final int COUNT = 16;

    private static final String CLAIM =
            "INSERT INTO warming_piece (run, piece) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING piece";
    private static final String FORGET =
            "DELETE FROM warming_piece WHERE claimed_at < clock_timestamp() - interval '1 day'";

    private final Sql sql;

    Pieces(Sql sql) {
        this.sql = sql;
    }

    /** The part to which something belongs, in each process the same. */
    static int of(View view) {
        int hash = view.subject().hashCode();
        return Math.floorMod(hash ^ hash >>> 16, COUNT);
    }

    /** Whether this process has taken a part; false when another one has. */
    Uni<Boolean> claim(String run, int piece) {
        return sql.run(CLAIM, run, (short) piece).map(taken -> taken.size() == 1);
    }

    /** Forgets runs that are over. */
    Uni<Void> forgetOld() {
        return sql.run(FORGET).replaceWithVoid();
    }
}
