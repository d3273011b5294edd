package dev.laurel.player;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Consequence;
import dev.laurel.shared.LaurelException.ConfirmationRequired;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Precondition;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes everything that is known of players. Nobody sees anything of them from the moment an erasure has begun; the rows
 * themselves go in the background, step by step.
 */
@ApplicationScoped
public class Erasures {
    private static final Logger LOG = Logger.getLogger(Erasures.class);

    private static final String LOST = """
            SELECT boards, places, recorded
                OR EXISTS (SELECT FROM held_event h WHERE h.tenant_id = $1 AND h.player_id = $2)
            FROM lost_by_erasure($1, $2)""";
    private static final String BEGIN = "SELECT begin_erasure($1, $2, $3)";
    private static final String TAKE = "SELECT number, tenant_id, player_id FROM take_erasures($1)";
    private static final String STEP = "SELECT erase_some($1, $2)";

    private static final long MAX_PER_RUN = 10;

    /** Rows removed or made nameless in one step: some hundredths of a second. */
    private static final long ROWS_PER_STEP = 1_000;

    private final Sql sql;
    private final Players players;
    private final Instance<RecordChanged> followers;
    private final Clock clock;

    Erasures(Sql sql, Players players, @Any Instance<RecordChanged> followers, Clock clock) {
        this.sql = sql;
        this.players = players;
        this.followers = followers;
        this.clock = clock;
    }

    /**
     * Erases a player. Once it completes, no ranking, archive or record shows anything of the player.
     *
     * @param confirmed whether the loss of scores is accepted
     * @return fails with {@link ConfirmationRequired} when there are scores and that is not confirmed; with
     *     {@link NotFound} when nothing is known of the player
     */
    public Uni<Void> erase(PlayerKey key, boolean confirmed) {
        return sql.run(LOST, key.tenant().id(), key.id())
                .map(rows -> rows.iterator().next())
                .invoke(lost -> require(key, lost, confirmed))
                .chain(() -> sql.run(
                        BEGIN, key.tenant().id(), key.id(), clock.instant().atOffset(ZoneOffset.UTC)))
                // A player without a record has to disappear from rankings all the same.
                .chain(() -> players.delete(key, Precondition.NONE)
                        .onFailure(NotFound.class)
                        .recoverWithUni(() -> RecordChanged.tell(followers, key)));
    }

    private static void require(PlayerKey key, Row lost, boolean confirmed) {
        long boards = lost.getLong(0);
        long places = lost.getLong(1);
        if (boards == 0 && places == 0 && !lost.getBoolean(2)) {
            throw new NotFound("Nothing is known of player " + key.id());
        }
        List<Consequence> losses = new ArrayList<>();
        if (boards > 0) {
            losses.add(
                    new Consequence(
                            "standings",
                            boards + " boards",
                            null,
                            "The player leaves all running rankings, and the players below move up. The scores are gone for good"));
        }
        if (places > 0) {
            losses.add(new Consequence(
                    "archives",
                    places + " places in closed windows",
                    null,
                    "The places lose their player. All other players keep their final ranks"));
        }
        if (!losses.isEmpty() && !confirmed) {
            throw new ConfirmationRequired(losses);
        }
    }

    @Scheduled(identity = "erasures", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> continueErasures() {
        return sql.run(TAKE, MAX_PER_RUN)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::proceed)
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> LOG.debugf("An erasure goes on later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Goes on with an erasure as far as possible. One that fails does not hold up the others. */
    private Uni<Void> proceed(Row row) {
        return Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(STEP, row.getLong(0), ROWS_PER_STEP)
                        .map(rows -> Next.valueOf(rows.iterator().next().getString(0))))
                .whilst(next -> next == Next.AGAIN)
                .collect()
                .last()
                .chain(next -> next == Next.SHOW
                        ? RecordChanged.tell(followers, new PlayerKey(new Tenant(row.getShort(1)), row.getString(2)))
                        : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.debugf("An erasure goes on later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** What is to be done after a step, as {@code erase_some} answers it. */
    private enum Next {
        AGAIN,
        SHOW,
        LATER,
        DONE
    }
}
