package dev.laurel.testing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One window's ranking as plain lists give it: every rank is found by counting who is better. */
public final class OracleRanking {

    private final BoardSpec board;
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
        this.board = board;
        bestFirst = board.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<Standing> sorted = standings.stream().sorted(order()).toList();
        List<Place> ranked = new ArrayList<>();
        for (Standing standing : sorted) {
            ranked.add(new Place(rank(sorted, standing.score(), ranked.size()), standing));
        }
        places = List.copyOf(ranked);
    }

    private Comparator<Standing> order() {
        Comparator<Standing> byScore = Comparator.comparing(Standing::score, bestFirst);
        Comparator<Standing> byTie =
                switch (board.tieBreak()) {
                    case "EARLIEST" -> byScore.thenComparing(Standing::achievedAt);
                    case "LATEST" -> byScore.thenComparing(Standing::achievedAt, Comparator.reverseOrder());
                    case "NONE" -> byScore;
                    default -> throw new IllegalArgumentException(board.tieBreak());
                };
        return byTie.thenComparing(Standing::playerId, OracleRanking::compareBytes);
    }

    /** Character by character as numbers, which UTF-8 keeps in the same order; {@link String#compareTo} does not. */
    private static int compareBytes(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    private long rank(List<Standing> all, BigDecimal score, int position) {
        Stream<BigDecimal> better =
                all.stream().map(Standing::score).filter(other -> bestFirst.compare(other, score) < 0);
        return switch (board.rankMode()) {
            case "COMPETITION" -> better.count() + 1;
            case "DENSE" ->
                better.map(BigDecimal::stripTrailingZeros).distinct().count() + 1;
            case "ORDINAL" -> position + 1L;
            default -> throw new IllegalArgumentException(board.rankMode());
        };
    }

    /** Who has a standing, and which. */
    Map<String, Standing> byPlayer() {
        return places.stream().collect(Collectors.toMap(Place::playerId, Place::standing));
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

    /** The ranking of some players among each other. */
    public OracleRanking within(Set<String> members) {
        return new OracleRanking(
                board,
                standings().stream()
                        .filter(standing -> members.contains(standing.playerId()))
                        .toList());
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

    /** The rank of somebody who came in after everybody else with a score. */
    public long rankOfNewcomer(BigDecimal score) {
        List<Standing> standings = standings();
        int position = 0;
        for (Standing standing : standings) {
            int order = bestFirst.compare(standing.score(), score);
            boolean ahead = order == 0 ? !board.tieBreak().equals("LATEST") : order < 0;
            position += ahead ? 1 : 0;
        }
        return rank(standings, score, position);
    }

    /** The percentile of somebody who came in with a score, counted among the players. */
    public double percentileOfNewcomer(BigDecimal score) {
        List<Standing> standings = new ArrayList<>(standings());
        standings.add(new Standing("newcomer", score, Instant.MAX));
        return new OracleRanking(board, standings).percentile("newcomer");
    }

    /** The place at or below which a share of the players stands, by the nearest rank; nobody may be missing. */
    public Place atShare(BigDecimal percent) {
        int fromLast = percent.multiply(BigDecimal.valueOf(total()))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                .intValueExact();
        return places.get(total() - Math.max(1, fromLast));
    }

    /** The places whose scores are neither below {@code min} nor above {@code max}; null for no bound. */
    public List<Place> within(BigDecimal min, BigDecimal max) {
        return places.stream()
                .filter(place -> min == null || place.score().compareTo(min) >= 0)
                .filter(place -> max == null || place.score().compareTo(max) <= 0)
                .toList();
    }

    private List<Standing> standings() {
        return places.stream().map(Place::standing).toList();
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
