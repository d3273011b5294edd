package dev.laurel.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One window's ranking as plain lists give it: every rank is found by counting who is better. */
public final class OracleRanking {

    private final List<Place> places;
    private final Comparator<BigDecimal> bestFirst;

    /** One player's score in a window and the instant at which it was reached. */
    public record Standing(String playerId, BigDecimal score, Instant achievedAt) {}

    /** A standing with its rank. */
    public record Place(long rank, Standing standing) {

        public String playerId() {
            return standing.playerId();
        }

        public BigDecimal score() {
            return standing.score();
        }
    }

    OracleRanking(BoardSpec board, Collection<Standing> standings) {
        bestFirst = board.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        // Player ids are ASCII, so the order of characters is the order of bytes.
        List<Standing> sorted = standings.stream()
                .sorted(Comparator.comparing(Standing::score, bestFirst)
                        .thenComparing(Standing::achievedAt)
                        .thenComparing(Standing::playerId))
                .toList();
        boolean ordinal = board.rankMode().equals("ORDINAL");
        List<Place> ranked = new ArrayList<>();
        for (Standing standing : sorted) {
            long better = ordinal
                    ? ranked.size()
                    : sorted.stream().filter(other -> isBetter(other, standing)).count();
            ranked.add(new Place(better + 1, standing));
        }
        places = List.copyOf(ranked);
    }

    /** All places, best first. */
    public List<Place> places() {
        return places;
    }

    public int total() {
        return places.size();
    }

    public Optional<Place> of(String player) {
        return places.stream().filter(place -> place.playerId().equals(player)).findFirst();
    }

    /** The place right above a player's. */
    public Optional<Place> ahead(String player) {
        return at(indexOf(player) - 1);
    }

    /** The place right below a player's. */
    public Optional<Place> behind(String player) {
        return at(indexOf(player) + 1);
    }

    /** The places from {@code radius} above a player to {@code radius} below, as far as there are any. */
    public List<Place> around(String player, int radius) {
        int index = indexOf(player);
        return places.subList(Math.max(0, index - radius), Math.min(total(), index + radius + 1));
    }

    /** The places of some players, in ranking order. */
    public List<Place> among(Set<String> players) {
        return places.stream()
                .filter(place -> players.contains(place.playerId()))
                .toList();
    }

    /** The share of players this one is better than, and half of those with an equal score, itself included. */
    public double percentile(String player) {
        Standing own = places.get(indexOf(player)).standing();
        long worse =
                places.stream().filter(place -> isBetter(own, place.standing())).count();
        return 100.0 * (worse + equals(own) / 2.0) / total();
    }

    /** How many places share their score with another one. */
    public long tied() {
        return places.stream().filter(place -> equals(place.standing()) > 1).count();
    }

    private long equals(Standing standing) {
        return places.stream()
                .filter(place -> place.score().compareTo(standing.score()) == 0)
                .count();
    }

    private boolean isBetter(Standing one, Standing other) {
        return bestFirst.compare(one.score(), other.score()) < 0;
    }

    private Optional<Place> at(int index) {
        return index < 0 || index >= total() ? Optional.empty() : Optional.of(places.get(index));
    }

    private int indexOf(String player) {
        return places.indexOf(of(player).orElseThrow());
    }
}
