package dev.laurel.board;

import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One incarnation of a board.
 *
 * @param id internal number; a board deleted and created again gets a new one
 * @param name as clients of its tenant address it
 * @param revision grows with every change of the definition, the seasons or the freeze
 * @param seasons in chronological order
 * @param freeze null when there is none
 * @param filling periods that were added later and are still being filled from the ledger: not to be read
 */
public record Board(
        int id,
        Tenant tenant,
        String name,
        int revision,
        BoardDefinition definition,
        List<Season> seasons,
        Freeze freeze,
        Set<Period> filling,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Identifies this definition of this incarnation of the board: it changes with every change of either, and never
     * recurs.
     */
    public String version() {
        return id + "." + revision;
    }

    /** The name that distinguishes this board from all other existing ones. */
    public BoardName fullName() {
        return new BoardName(tenant, name);
    }

    /** The board as administrators see it: its rankings are never frozen. */
    public Board unfrozen() {
        return freeze == null
                ? this
                : new Board(id, tenant, name, revision, definition, seasons, null, filling, createdAt, updatedAt);
    }

    /**
     * Whether the definition and the viewer are the same: what the public and what administrators see is kept apart.
     */
    public boolean isSameAs(Board other) {
        return id == other.id && revision == other.revision && (freeze == null) == (other.freeze == null);
    }

    /** Whether the public's view of the rankings is frozen. */
    public boolean frozen(Instant now) {
        return freeze != null && freeze.holds(now);
    }

    /** Whether a period is being filled, or is made of days that are. */
    public boolean isFilling(Period period) {
        return filling.contains(period) || period.isRolling() && filling.contains(Period.DAILY);
    }

    /**
     * Applies to all corrections: none may be made while some of the data is still being filled in.
     *
     * @throws Unavailable while a period is being filled
     */
    public void requireFilled() {
        if (!filling.isEmpty()) {
            throw Unavailable.overloaded("Periods of board " + name + " are being filled; try again soon");
        }
    }

    /**
     * Refuses a definition that differs in what a board with such content keeps.
     *
     * @throws Conflict naming the differences
     */
    void requireFixed(BoardDefinition changed, Content content) {
        if (content.isNone()) {
            return;
        }
        List<String> fixed =
                content.events() ? fixedDifferences(definition, changed) : unitDifferences(definition, changed);
        if (!fixed.isEmpty()) {
            throw new Conflict("Board " + name + " has " + (content.events() ? "events" : "baselines")
                    + ", so it keeps its " + String.join(", ", fixed) + "; create another board instead");
        }
    }

    /**
     * The names of the fields that differ between two definitions and cannot change once there are events, because
     * standings already depend on them.
     */
    private static List<String> fixedDifferences(BoardDefinition one, BoardDefinition other) {
        List<String> differences = new ArrayList<>();
        addIf(differences, one.operator() != other.operator(), "operator");
        addIf(differences, one.order() != other.order(), "order");
        addIf(differences, !one.zone().equals(other.zone()), "zone");
        addIf(differences, one.weekStart() != other.weekStart(), "weekStart");
        addIf(differences, one.rankMode() != other.rankMode(), "rankMode");
        addIf(differences, one.tieBreak() != other.tieBreak(), "tieBreak");
        differences.addAll(unitDifferences(one, other));
        return differences;
    }

    /** Those of them on which values depend that are kept in units and by the number of the metric. */
    private static List<String> unitDifferences(BoardDefinition one, BoardDefinition other) {
        List<String> differences = new ArrayList<>();
        addIf(differences, one.decimals() != other.decimals(), "decimals");
        addIf(
                differences,
                !other.metricRules().keeps(other.metrics(), one.metrics(), one.metricRules()),
                "metrics (others can be added)");
        return differences;
    }

    private static void addIf(List<String> names, boolean differs, String name) {
        if (differs) {
            names.add(name);
        }
    }

    /** The season that contains an instant. */
    public Optional<Season> seasonAt(Instant instant) {
        return seasons.stream().filter(season -> season.holds(instant)).findFirst();
    }

    /**
     * The season that the public is shown as the running one: while the board is frozen and no other season has begun,
     * the one that was running at the freeze.
     */
    public Optional<Season> seasonShown(Instant now) {
        return seasonAt(now).or(() -> frozen(now) ? seasonAt(freeze.at()) : Optional.empty());
    }

    /** The season with the given id. */
    public Optional<Season> season(String seasonId) {
        return seasons.stream().filter(season -> season.id().equals(seasonId)).findFirst();
    }

    /**
     * What of a board depends on its definition.
     *
     * @param baselines whether players have baselines, which are kept in units and by the number of the metric
     */
    record Content(boolean events, boolean baselines) {
        boolean isNone() {
            return !events && !baselines;
        }
    }
}
