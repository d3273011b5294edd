package dev.laurel.league;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.board.rules.LeagueRules;
import dev.laurel.league.Cohort.CohortPlace;
import dev.laurel.league.CohortLines.Fate;
import dev.laurel.ranking.RankingPage;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.freeze.FreezeSnapshots;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.read.KnownPlayers;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.window.Segment;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the leagues of boards. Every method fails with {@link NotFound} for a board without any. */
@ApplicationScoped
public class Leagues {
    private final Boards boards;
    private final StandingsReader standings;
    private final FreezeSnapshots snapshots;
    private final LeagueReads reads;
    private final Rankings rankings;
    private final KnownPlayers players;

    Leagues(
            Boards boards,
            StandingsReader standings,
            FreezeSnapshots snapshots,
            LeagueReads reads,
            Rankings rankings,
            KnownPlayers players) {
        this.boards = boards;
        this.standings = standings;
        this.snapshots = snapshots;
        this.reads = reads;
        this.rankings = rankings;
        this.players = players;
    }

    /** The board with the given name; fails with {@link NotFound} when it has no leagues. */
    private Uni<Board> board(String name) {
        return boards.get(name).invoke(board -> {
            if (board.definition().leagues() == null) {
                throw new NotFound("Board " + name + " has no leagues");
            }
        });
    }

    /**
     * A player's cohort in the running window.
     *
     * @return fails with {@link NotFound} for a player who has never scored on the board
     */
    public Uni<OwnCohort> own(String boardName, String playerId) {
        return board(boardName).chain(board -> snapshots.of(board).chain(seen -> shown(board, null, seen)
                .chain(window -> reads.entry(window, playerId, seen)
                        .chain(entry -> own(window, entry, seen))
                        .call(own -> own.entered() ? Uni.createFrom().nullItem() : players.require(board, playerId)))));
    }

    private Uni<OwnCohort> own(WindowRef window, LeagueReads.Entry entry, FreezeSnapshot seen) {
        if (entry == null || entry.cohort() == null) {
            return Uni.createFrom().item(new OwnCohort(window, entry != null, null));
        }
        return cohort(window.board(), entry.cohort(), seen).map(cohort -> new OwnCohort(window, true, cohort));
    }

    /** The window of the leagues as the public sees it. */
    private Uni<WindowRef> shown(Board board, String windowId, FreezeSnapshot seen) {
        LeagueRules rules = board.definition().leagues();
        return standings.window(board, rules.period(), windowId).map(window -> {
            WindowRef pictured = seen.number() == 0 ? null : seen.of(window);
            return pictured == null ? window : pictured;
        });
    }

    /** A cohort with its ranking: live in a running window, final in one that is settled. */
    public Uni<Cohort> cohort(String boardName, long number) {
        return board(boardName).chain(board -> snapshots.of(board).chain(seen -> cohort(board, number, seen)));
    }

    private Uni<Cohort> cohort(Board board, long number, FreezeSnapshot seen) {
        return reads.cohort(board, number, seen)
                .onItem()
                .ifNull()
                .failWith(() -> unknown(board, number))
                .chain(row -> row.getArrayOfStrings("tiers") == null ? running(board, row, seen) : settled(board, row));
    }

    private static NotFound unknown(Board board, long number) {
        return new NotFound("Board " + board.name() + " has no cohort " + number);
    }

    private Uni<Cohort> settled(Board board, Row row) {
        String[] tiers = row.getArrayOfStrings("tiers");
        // Tiers may have been removed between the first event of the window and its end.
        int tier = Math.min(row.getShort("tier"), tiers.length - 1);
        CohortLines lines = CohortLines.of(row.getInteger("promote"), row.getInteger("demote"), tier, tiers.length);
        return reads.results(row.getLong("number"))
                .invoke(places -> {
                    if (places.isEmpty()) {
                        throw unknown(board, row.getLong("number"));
                    }
                })
                .map(places -> new Cohort(
                        board,
                        board.definition().leagues().period(),
                        row.getLong("number"),
                        row.getString("window_id"),
                        tier + 1,
                        tiers[tier],
                        lines.promote(),
                        lines.demote(),
                        true,
                        null,
                        places,
                        places.size()));
    }

    private Uni<Cohort> running(Board board, Row row, FreezeSnapshot seen) {
        long number = row.getLong("number");
        return reads.players(number, seen).chain(members -> {
            if (members.isEmpty()) {
                throw unknown(board, number);
            }
            return shown(board, row.getString("window_id"), seen)
                    .chain(window -> rankings.page(
                            window.by(0).within(new Segment("cohort:" + number, members.hashCode(), members)),
                            window.id(),
                            0,
                            LeagueRules.MAX_SIZE))
                    .map(page -> running(board, row, page, members.size()));
        });
    }

    private static Cohort running(Board board, Row row, RankingPage page, int members) {
        LeagueRules rules = board.definition().leagues();
        // Tiers may have been removed since the cohort was made.
        int tier = Math.min(row.getShort("tier"), rules.tiers().size() - 1);
        CohortLines lines = CohortLines.of(
                rules.promote(), rules.demote(), tier, rules.tiers().size());
        return new Cohort(
                board,
                rules.period(),
                row.getLong("number"),
                page.ranking().window().id(),
                tier + 1,
                rules.tiers().get(tier),
                lines.promote(),
                lines.demote(),
                false,
                page.source(),
                places(page.entries(), lines),
                members);
    }

    private static List<CohortPlace> places(List<Ranked> entries, CohortLines lines) {
        List<Fate> fates =
                lines.fates(entries.stream().map(one -> one.standing().score()).toList());
        List<CohortPlace> places = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            Ranked one = entries.get(i);
            places.add(new CohortPlace(
                    one.rank(),
                    one.standing().playerId(),
                    one.standing().score(),
                    Instant.ofEpochMilli(one.standing().reachedAt()),
                    fates.get(i).outcome().name(),
                    fates.get(i).tied()));
        }
        return places;
    }

    /**
     * The cohorts of a tier in a window.
     *
     * @param windowId null for the running one
     * @return fails with {@link NotFound} when there is no such tier
     */
    public Uni<Tier> tier(String boardName, String tier, String windowId, PageRequest page) {
        return board(boardName).chain(board -> {
            List<String> names = board.definition().leagues().tiers();
            int number = names.indexOf(tier);
            if (number < 0) {
                throw new NotFound("Board " + boardName + " has no tier " + tier);
            }
            return snapshots.of(board).chain(seen -> shown(board, windowId, seen)
                    .chain(window -> reads.cohorts(window, cohortsOf(number, names), page, seen)
                            .map(found -> new Tier(
                                    window,
                                    new PageResult<>(
                                            found.items().stream()
                                                    .map(one -> new CohortOfTier(one.number(), one.players()))
                                                    .toList(),
                                            found.total())))));
        });
    }

    /** Cohorts of tiers that have been removed meanwhile belong to the highest one that is left. */
    private static LeagueReads.Tiers cohortsOf(int tier, List<String> names) {
        return new LeagueReads.Tiers(tier, tier == names.size() - 1 ? Short.MAX_VALUE : tier);
    }

    /** What a player has reached in the leagues of a board, the latest window first; empty when nothing. */
    public Uni<PageResult<LeagueResult>> history(Board board, String playerId, PageRequest page) {
        return snapshots.of(board).chain(seen -> reads.history(board, playerId, page, seen));
    }

    /**
     * A player's cohort.
     *
     * @param entered whether the player has had an event in the window
     * @param cohort null for a player who has not entered, or waits until the windows before are settled
     */
    public record OwnCohort(WindowRef window, boolean entered, Cohort cohort) {}

    /** The cohorts of a tier. */
    public record Tier(WindowRef window, PageResult<CohortOfTier> cohorts) {}

    /** One of them. */
    public record CohortOfTier(long number, long players) {}
}
