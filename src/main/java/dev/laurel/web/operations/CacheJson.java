package dev.laurel.web.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.admin.CacheWarming.Warmed;
import dev.laurel.cache.CacheDrops.Dropped;
import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.CacheFigures.Lookups;
import dev.laurel.cache.registry.KeyFilter.Criterion;
import dev.laurel.cache.registry.ManagedCache;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Duration;
import java.util.List;

/** The JSON forms of caches. */
final class CacheJson {
    private static final double NANOS_A_MILLI = Duration.ofMillis(1).toNanos();

    private CacheJson() {}

    /** All caches of the process. */
    @Schema(name = "Caches")
    record CachesJson(
            @Schema(description = "Of all caches together") TotalJson total,
            @Schema(description = "By their names") List<FiguresJson> caches) {
        static CachesJson of(long maxBytes, List<ManagedCache> all) {
            List<FiguresJson> each = all.stream().map(FiguresJson::of).toList();
            return new CachesJson(TotalJson.of(maxBytes, all), each);
        }
    }

    /** The sum of all caches. */
    @Schema(name = "CachesTotal")
    record TotalJson(
            long entries,
            @Schema(description = "Estimated") long bytes,

            @Schema(description = "Which all caches may take together: laurel.cache.max-bytes")
            long maxBytes,

            long hits,
            long misses,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Share of lookups that were hits, from 0 to 1; missing before the first lookup")
            Double hitRate) {
        static TotalJson of(long maxBytes, List<ManagedCache> caches) {
            List<CacheFigures> all = caches.stream().map(ManagedCache::figures).toList();
            Lookups lookups = new Lookups(
                    all.stream().mapToLong(one -> one.lookups().hits()).sum(),
                    all.stream().mapToLong(one -> one.lookups().misses()).sum());
            return new TotalJson(
                    all.stream().mapToLong(CacheFigures::entries).sum(),
                    all.stream().mapToLong(CacheFigures::bytes).sum(),
                    maxBytes,
                    lookups.hits(),
                    lookups.misses(),
                    rounded(lookups.hitRate()));
        }
    }

    /** One cache. */
    @Schema(name = "CacheFigures")
    record FiguresJson(
            @Schema(examples = "players") String name,

            @Schema(description = "Whether it keeps anything: laurel.cache.<name>.enabled")
            boolean enabled,

            long entries,

            @Schema(description = "Estimated from the kind of its values, and from their size where it is known")
            long bytes,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "Its share of what all caches may take together, at the moment; missing while only its own "
                                    + "bound holds")
            Long maxBytes,

            long hits,
            long misses,

            @Schema(description = "Misses that the shared level in Redis answered")
            long sharedHits,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Share of lookups that were hits, from 0 to 1; missing before the first lookup")
            Double hitRate,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "Share of lookups answered without PostgreSQL, from 0 to 1; missing before the first lookup, "
                                    + "and where values come from Redis anyway")
            Double withoutPostgresRate,

            @Schema(description = "Missing values that were loaded")
            long loads,

            long failedLoads,

            @Schema(description = "Time of all loads together, in milliseconds")
            double loadTimeMs,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Time of one load on average, in milliseconds; missing before the first")
            Double averageLoadMs,

            @Schema(description = "Values that left because there were too many, or because of their age")
            long evictions,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "How long an unchanged value is kept, in milliseconds; missing when values only leave for "
                                    + "others")
            Long timeToLiveMs,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Age of the oldest value, in milliseconds; missing when there is none")
            Long oldestMs,

            @Schema(description = "By what some of its values can be dropped; none: only all of them")
            List<Criterion> filters) {
        static FiguresJson of(ManagedCache cache) {
            CacheFigures figures = cache.figures();
            CacheFigures.Content content = figures.content();
            Duration timeToLive = figures.kind().timeToLive();
            Duration average = figures.loads().average();
            return new FiguresJson(
                    figures.kind().name(),
                    cache.isEnabled(),
                    content.entries(),
                    content.bytes(),
                    content.maxBytes(),
                    figures.lookups().hits(),
                    figures.lookups().misses(),
                    figures.lookups().shared(),
                    rounded(figures.lookups().hitRate()),
                    rounded(figures.withoutPostgres()),
                    figures.loads().done(),
                    figures.loads().failed(),
                    millis(figures.loads().time()),
                    average == null ? null : millis(average),
                    figures.evictions(),
                    timeToLive == null ? null : timeToLive.toMillis(),
                    content.oldest() == null ? null : content.oldest().toMillis(),
                    figures.kind().filters().stream().sorted().toList());
        }
    }

    private static Double rounded(Double share) {
        return share == null ? null : Math.round(share * 10_000) / 10_000.0;
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / NANOS_A_MILLI * 1_000) / 1_000.0;
    }

    /** One cache, and some of its keys. */
    @Schema(name = "CacheContent")
    record ContentJson(
            FiguresJson cache,

            @Schema(description = "Values that are selected")
            long matching,

            @Schema(description = "Keys of some of them, in no order; none where keys have no text")
            List<String> keys) {}

    /** What was dropped. */
    @Schema(name = "CacheDropped")
    record DroppedJson(
            @Schema(description = "Values dropped in this process")
            long dropped,

            List<DroppedFromJson> caches,

            @Schema(
                    description =
                            "Whether other processes hear of it and drop theirs, too; without Redis they keep theirs "
                                    + "until they expire")
            boolean replicasNotified) {
        static DroppedJson of(Dropped done) {
            return new DroppedJson(
                    done.total(),
                    done.entries().entrySet().stream()
                            .map(one -> new DroppedFromJson(one.getKey(), one.getValue()))
                            .toList(),
                    done.replicasNotified());
        }
    }

    /** What was dropped from one cache. */
    @Schema(name = "CacheDroppedFrom")
    record DroppedFromJson(@Schema(examples = "players") String cache, long dropped) {}

    /** What was warmed. */
    @Schema(name = "CachesWarmed")
    record WarmedJson(
            @Schema(description = "Boards whose current windows are loaded in Redis, and whose definition is cached")
            long boards,

            @Schema(description = "Rankings of which the first page was read")
            long rankings,

            @Schema(description = "Players of these pages whose records are cached")
            long players,

            @Schema(description = "Boards that could not be warmed; the log has the reasons")
            List<String> failed,

            @Schema(description = "Whether no board was left out for lack of time")
            boolean complete,

            @Schema(description = "Duration in milliseconds")
            long durationMs) {
        static WarmedJson of(Warmed warmed) {
            return new WarmedJson(
                    warmed.boards(),
                    warmed.rankings(),
                    warmed.players(),
                    warmed.failed(),
                    warmed.complete(),
                    warmed.took().toMillis());
        }
    }
}
