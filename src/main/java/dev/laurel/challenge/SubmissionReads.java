package dev.laurel.challenge;

import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.challenge.ChallengeCache.VariantOf;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads submissions as the public sees them, each list in one statement. While the board of a challenge is frozen, only
 * those made before the freeze are seen; those of hidden and banned players never are.
 */
@ApplicationScoped
public class SubmissionReads {
    /** The texts are in a table of their own, which the second form does not mention. */
    private static final String TEXT = " LEFT JOIN submission_content t ON t.id = s.id";

    private static final String BEST = """
            SELECT b.total, b.rank, %s, %s AS content, $1::text AS challenge_id
            FROM challenge_bests(
                $2, $3, (SELECT f.since FROM frozen_challenges($4::smallint, $5) f WHERE f.challenge = $2),
                unlisted_players($4::smallint, $5), $6, $7) b
            LEFT JOIN submission s ON s.id = b.submission%s
            ORDER BY b.rank""";

    private static final String BEST_WITH_TEXT = BEST.formatted(Submitted.COLUMNS, "t.content", TEXT);
    private static final String BEST_WITHOUT = BEST.formatted(Submitted.COLUMNS, "NULL::text", "");

    private static final String ONE = """
            SELECT %s, t.content, NULL::bigint AS rank, $1::text AS challenge_id
            FROM submission s%s
            WHERE s.id = $4 AND s.challenge = $2 AND s.variant = $3 AND s.withdrawn_at IS NULL
              AND s.player_id <> ALL (unlisted_players($5::smallint, $6))
              AND NOT EXISTS (SELECT FROM frozen_challenges($5::smallint, $6) f
                              WHERE f.challenge = $2 AND f.since <= s.at_ms)""".formatted(Submitted.COLUMNS, TEXT);

    private static final String OF_PLAYER = """
            SELECT o.total, NULL::bigint AS rank, %s, NULL::text AS content, o.challenge AS challenge_id
            FROM submissions_of($1::smallint, $2, $3, $4, $5) o
            LEFT JOIN submission s ON s.id = o.submission
            ORDER BY s.at_ms DESC, s.id DESC""".formatted(Submitted.COLUMNS);

    private final Challenges challenges;
    private final ChallengeCache cache;
    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;

    SubmissionReads(Challenges challenges, ChallengeCache cache, Sql sql, Pulse pulse, Clock clock) {
        this.challenges = challenges;
        this.cache = cache;
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
    }

    /**
     * A page of the best submissions of a variant, one of each player, ranked: those that clear it before the others,
     * then by the measure of the challenge, of equal ones the earlier.
     *
     * @param withContent whether the texts are read
     * @return fails with {@link NotFound} when there is no such challenge or variant
     */
    public Uni<PageResult<Submitted>> best(ChallengeKey key, String variant, boolean withContent, PageRequest page) {
        return known(key, variant)
                .chain(challenge -> withContent
                        // Texts are too large for a cache that counts lists.
                        ? load(challenge, variant, true, page)
                        : cache.submissions(
                                new VariantOf(challenge.number(), variant),
                                new Best(key, challenge.number(), variant, page),
                                () -> load(challenge, variant, false, page)));
    }

    private Uni<Challenge> known(ChallengeKey key, String variant) {
        return challenges.known(key).invoke(challenge -> challenge.variant(variant));
    }

    private Uni<PageResult<Submitted>> load(
            Challenge challenge, String variant, boolean withContent, PageRequest page) {
        return read(
                        withContent ? BEST_WITH_TEXT : BEST_WITHOUT,
                        challenge.key().id(),
                        challenge.number(),
                        variant,
                        challenge.key().tenant().id(),
                        clock.millis(),
                        page.offset(),
                        (long) page.limit())
                .map(SubmissionReads::result);
    }

    /** A submission with its text; fails with {@link NotFound} when there is none, or it is not seen by the public. */
    public Uni<Submitted> one(ChallengeKey key, String variant, UUID id) {
        return known(key, variant).chain(challenge -> load(challenge, variant, id));
    }

    private Uni<Submitted> load(Challenge challenge, String variant, UUID id) {
        return read(
                        ONE,
                        challenge.key().id(),
                        challenge.number(),
                        variant,
                        id,
                        challenge.key().tenant().id(),
                        clock.millis())
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new NotFound("There is no submission " + id);
                    }
                    return Submitted.of(rows.iterator().next());
                });
    }

    /** A page of a player's submissions to all challenges, the newest first, without their texts. */
    public Uni<PageResult<Submitted>> ofPlayer(PlayerKey player, PageRequest page) {
        return cache.submissions(player, new OfPlayer(player, page), () -> read(
                        OF_PLAYER, player.tenant().id(), clock.millis(), player.id(), page.offset(), (long)
                                page.limit())
                .map(SubmissionReads::result));
    }

    private Uni<RowSet<Row>> read(String statement, Object... arguments) {
        return pulse.whileAlive(sql.run(statement, arguments));
    }

    /** The first row has the total, even where the page has nothing else. */
    private static PageResult<Submitted> result(RowSet<Row> rows) {
        List<Submitted> items = new ArrayList<>(rows.size());
        long total = 0;
        for (Row row : rows) {
            total = row.getLong("total");
            if (row.getUUID("id") != null) {
                items.add(Submitted.of(row));
            }
        }
        return new PageResult<>(items, total);
    }

    private record Best(ChallengeKey challenge, int number, String variant, PageRequest page) implements CacheKey {
        @Override
        public KeyAddress address() {
            return challenge.address().with("submissions", variant);
        }
    }

    private record OfPlayer(PlayerKey player, PageRequest page) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.ofPlayer(player.tenant(), "submission", player.id(), page.offset());
        }
    }
}
