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
import java.util.List;
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

    @Enumerated(EnumType.STRING)
    @Column(name = "tie_break")
    TieBreak tieBreak;

    short decimals;

    @Column(name = "min_score")
    long minScore;

    @Column(name = "max_score")
    long maxScore;

    @Column(name = "max_step")
    Long maxStep;

    String metrics;

    @Column(name = "lateness_ms")
    long latenessMs;

    @Column(name = "retention_ms")
    Long retentionMs;

    /** JSON list; read and written as a whole, by {@link SeasonList}. */
    String seasons;

    @Column(name = "freeze_at")
    Instant freezeAt;

    @Column(name = "freeze_no")
    int freezeNo;

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
        entity.seasons = SeasonList.write(List.of());
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
        tieBreak = definition.tieBreak();
        decimals = (short) definition.decimals();
        minScore = definition.minScore();
        maxScore = definition.maxScore();
        maxStep = definition.maxStep();
        metrics = String.join(",", definition.metrics());
        latenessMs = definition.lateness().toMillis();
        retentionMs = definition.retention() == null
                ? null
                : Long.valueOf(definition.retention().toMillis());
        revision++;
        updatedAt = now;
        return this;
    }

    BoardEntity seasons(List<Season> list, Instant now) {
        seasons = SeasonList.write(list);
        revision++;
        updatedAt = now;
        return this;
    }

    /**
     * @param at null for none
     */
    BoardEntity freeze(Instant at, Instant now) {
        freezeAt = at;
        // A process that knows nothing of the change yet takes its picture, if any, under the number of before.
        freezeNo += at == null ? 0 : 1;
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
                tieBreak,
                decimals,
                minScore,
                maxScore,
                maxStep,
                List.of(metrics.split(",")),
                Duration.ofMillis(latenessMs),
                retentionMs == null ? null : Duration.ofMillis(retentionMs));
        Freeze freeze = freezeAt == null ? null : new Freeze(freezeNo, freezeAt);
        return new Board(id, name, revision, definition, SeasonList.read(seasons), freeze, createdAt, updatedAt);
    }
}
