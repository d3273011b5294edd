package dev.laurel.ranking.segment;

import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.write.CorrectionNumbers;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Marks of what can change the ranking of a segment in an archive or a snapshot: corrections, and who takes no rank anywhere. */
@Startup
@ApplicationScoped
public class StillMarks {
    private static final int MAX_TENANTS = 1_000;

    /** A hidden player is gone within a second, in every process. */
    private static final Duration KEPT_FOR = Duration.ofMillis(250);

    private static final String UNRANKED = """
            SELECT coalesce(bit_xor(hashtextextended(player_id, 0)), 0) FROM unranked_player WHERE tenant_id = $1""";

    private final Sql sql;
    private final CorrectionNumbers corrections;
    private final NearCache<Key, Long> unranked;

    StillMarks(Sql sql, CorrectionNumbers corrections, Caches caches) {
        this.sql = sql;
        this.corrections = corrections;
        this.unranked = new NearCache<>(
                CacheKind.of("unranked-marks", KEPT_FOR, Long.BYTES).addressed(), MAX_TENANTS, caches);
    }

    private record Key(Tenant tenant) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.of(tenant, "unranked", KeyAddress.ALL);
        }
    }

    /** Corrections do not reach a snapshot. */
    public Uni<Mark> of(RankingRef ranking, Source source) {
        Tenant tenant = ranking.board().tenant();
        return unranked.get(new Key(tenant), () -> sql.run(UNRANKED, tenant.id())
                        .map(rows -> rows.iterator().next().getLong(0)))
                .chain(players -> source == Source.FROZEN
                        ? Uni.createFrom().item(new Mark(players, 0))
                        : corrections.of(ranking.board()).map(number -> new Mark(players, number)));
    }

    /**
     * Another one for each state.
     *
     * @param unranked a digest of the players of the tenant who take no rank anywhere
     * @param correction number of the last correction on the board
     */
    public record Mark(long unranked, long correction) {}
}
