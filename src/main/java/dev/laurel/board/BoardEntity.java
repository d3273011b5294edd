package dev.laurel.board;

import dev.laurel.shared.Period;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A row of {@code board}. Does not leave this package: {@link Board} does. */
@Entity
@Table(name = "board")
// Named, so that it is parsed while the service starts: the first parsing takes a cold process most of a second, which
// an
// event loop would be held for.
@NamedQuery(name = BoardEntity.LIVING, query = "from BoardEntity where name = ?1 and deletedAt is null")
class BoardEntity extends PanacheEntityBase {
    /** The query for the board of a name that has not been deleted. */
    static final String LIVING = "board.living";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Integer id;

    String name;
    String title;

    @Enumerated(EnumType.STRING)
    Operator operator;

    @Enumerated(EnumType.STRING)
    @Column(name = "sort_order")
    SortOrder order;

    String periods;
    String zone;

    @Enumerated(EnumType.STRING)
    @Column(name = "week_start")
    DayOfWeek weekStart;

    @Enumerated(EnumType.STRING)
    @Column(name = "rank_mode")
    RankMode rankMode;

    short decimals;

    @Column(name = "min_score")
    long minScore;

    @Column(name = "max_score")
    long maxScore;

    @Column(name = "lateness_ms")
    long latenessMs;

    int revision;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "deleted_at")
    Instant deletedAt;

    static BoardEntity create(String name, BoardDefinition definition, Instant now) {
        BoardEntity entity = new BoardEntity();
        entity.name = name;
        entity.createdAt = now;
        entity.revision = 0;
        return entity.define(definition, now);
    }

    BoardEntity define(BoardDefinition definition, Instant now) {
        title = definition.title();
        operator = definition.operator();
        order = definition.order();
        periods = definition.periods().stream().sorted().map(Period::name).collect(Collectors.joining(","));
        zone = definition.zone().getId();
        weekStart = definition.weekStart();
        rankMode = definition.rankMode();
        decimals = (short) definition.decimals();
        minScore = definition.minScore();
        maxScore = definition.maxScore();
        latenessMs = definition.lateness().toMillis();
        revision++;
        updatedAt = now;
        return this;
    }

    /** The same zone has two names; a definition that comes back under the other one is no change. */
    private static ZoneId zoneOf(String name) {
        return "UTC".equals(name) ? ZoneOffset.UTC : ZoneId.of(name);
    }

    Board toBoard() {
        BoardDefinition definition = new BoardDefinition(
                title,
                operator,
                order,
                Arrays.stream(periods.split(",")).map(Period::valueOf).collect(Collectors.toSet()),
                zoneOf(zone),
                weekStart,
                rankMode,
                decimals,
                minScore,
                maxScore,
                Duration.ofMillis(latenessMs));
        return new Board(id, name, revision, definition, createdAt, updatedAt);
    }
}
