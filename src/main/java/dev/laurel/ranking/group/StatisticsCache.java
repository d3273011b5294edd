package dev.laurel.ranking.group;

import dev.laurel.cache.Computed;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.cache.shared.SharedKey;
import dev.laurel.cache.shared.SharedLevel;
import dev.laurel.cache.shared.TwoLevelCache;
import dev.laurel.group.GroupConfig;
import dev.laurel.group.GroupKey;
import dev.laurel.ranking.group.GroupMarks.Mark;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import dev.laurel.standings.window.WindowRef;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.function.Supplier;

/** Statistics of groups that have been computed by any process, under the mark of what they were computed from. */
@Startup
@ApplicationScoped
class StatisticsCache {
    private static final int BYTES = 1_500;

    private final TwoLevelCache cache;

    StatisticsCache(GroupConfig config, Caches caches, SharedLevel level) {
        this.cache = TwoLevelCache.byKey(
                CacheKind.of("group-statistics", config.statisticsCachedFor(), BYTES)
                        .byGroup(),
                config.statisticsCached(),
                caches,
                level);
    }

    Uni<Computed<GroupFigures>> get(GroupKey group, RankingRef ranking, Mark mark, Supplier<Uni<GroupFigures>> loader) {
        return cache.get(true, key(group, ranking.withoutPlayers(), mark), loader);
    }

    /**
     * While a snapshot is shown, the window goes by its name: resets and closings, which change its generation and state,
     * are not shown, and must not have the statistics computed again.
     */
    private static Key key(GroupKey group, RankingRef plain, Mark mark) {
        String board = plain.board().name();
        return mark.freeze() == 0
                ? new Key(plain, mark, group, board)
                : new Key(
                        new ShownWindow(
                                plain.board().id(),
                                plain.period(),
                                plain.window().id(),
                                plain.metric(),
                                plain.segment()),
                        mark,
                        group,
                        board);
    }

    /** @param ranking a {@link RankingRef}, or a {@link ShownWindow} */
    private record Key(Record ranking, Mark mark, GroupKey group, String board) implements SharedKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.ofSegment(group.tenant(), "group", group.segment(), board, "statistics");
        }

        @Override
        public String subject() {
            return KeyAddress.ofSegment(group.tenant(), "group", group.segment(), board)
                    .text();
        }

        @Override
        public String view() {
            return (ranking instanceof RankingRef ref ? text(ref) : ranking.toString()) + mark;
        }

        /** What equal ones have in common. */
        private static String text(RankingRef ranking) {
            WindowRef window = ranking.window();
            return String.join(
                    " ",
                    window.board().version(),
                    String.valueOf(window.board().freeze() == null),
                    window.period().name(),
                    String.valueOf(window.key()),
                    window.state().name(),
                    String.valueOf(ranking.metric()),
                    String.valueOf(ranking.segment()));
        }
    }

    private record ShownWindow(int board, Period period, String window, int metric, Segment segment) {}
}
