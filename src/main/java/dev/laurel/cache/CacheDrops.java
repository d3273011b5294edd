package dev.laurel.cache;

import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.cache.registry.KeyFilter.Criterion;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import io.micrometer.core.instrument.Counter;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Drops cached values here, and has the other processes drop theirs. */
@Startup
@ApplicationScoped
public class CacheDrops {
    private static final String TOPIC = "cache-drop";

    /** In the fields of a notice, which are never null. */
    private static final String ABSENT = "";

    private final Caches caches;
    private final ChangeBroadcast broadcast;
    private final Counter dropped;

    CacheDrops(Caches caches, ChangeBroadcast broadcast) {
        this.caches = caches;
        this.broadcast = broadcast;
        this.dropped = caches.meters().counter(Meters.CACHE_DROPPED);
        broadcast.listen(TOPIC, this::hear);
    }

    /**
     * Drops what a filter selects of one cache.
     *
     * @return fails with {@link NotFound} when there is none of that name, and with {@link InvalidInput} when its keys do not
     *     tell what the filter asks
     */
    public Uni<Dropped> drop(String name, KeyFilter filter) {
        ManagedCache cache = caches.get(name);
        require(cache, filter);
        return drop(List.of(cache), filter).invoke(() -> tell(name, filter));
    }

    /** The same of all caches whose keys tell what the filter asks. */
    public Uni<Dropped> dropAll(KeyFilter filter) {
        return drop(willing(filter), filter).invoke(() -> tell(ABSENT, filter));
    }

    /** @throws InvalidInput naming the condition that the cache cannot honour */
    public static void require(ManagedCache cache, KeyFilter filter) {
        for (Criterion field : filter.fields()) {
            if (!cache.kind().filters().contains(field)) {
                throw new InvalidInput(field.word(), "cannot select values of this cache, " + possible(cache));
            }
        }
    }

    private static String possible(ManagedCache cache) {
        return cache.kind().filters().isEmpty()
                ? "which can only be dropped as a whole"
                : cache.kind().filters().stream()
                        .map(Criterion::word)
                        .sorted()
                        .collect(Collectors.joining(" and ", "only ", " can"));
    }

    private List<ManagedCache> willing(KeyFilter filter) {
        return caches.all().stream()
                .filter(cache -> cache.kind().filters().containsAll(filter.fields()))
                .toList();
    }

    private Uni<Dropped> drop(List<ManagedCache> wanted, KeyFilter filter) {
        // Keys are gone over one by one.
        return OffLoop.always(() -> {
                    Map<String, Long> entries = new TreeMap<>();
                    wanted.forEach(cache -> entries.put(cache.kind().name(), cache.drop(filter)));
                    return entries;
                })
                .map(entries -> new Dropped(entries, broadcast.isHeard()))
                .invoke(done -> dropped.increment(done.total()));
    }

    private void tell(String name, KeyFilter filter) {
        broadcast.tell(
                ChangeNotice.of(TOPIC, name, given(filter.prefix()), given(filter.player()), given(filter.group())));
    }

    private static String given(String value) {
        return value == null ? ABSENT : value;
    }

    /** Another process has dropped something. One that is newer may have caches that this one does not have. */
    private void hear(List<String> fields) {
        KeyFilter filter = new KeyFilter(asked(fields.get(1)), asked(fields.get(2)), asked(fields.get(3)));
        String name = fields.get(0);
        List<ManagedCache> wanted = name.equals(ABSENT)
                ? willing(filter)
                : caches.find(name).stream().toList();
        drop(wanted, filter).subscribe().with(done -> {}, failure -> {});
    }

    private static String asked(String value) {
        return value.equals(ABSENT) ? null : value;
    }

    /**
     * What was dropped.
     *
     * @param entries values in this process, by the names of the caches
     * @param replicasNotified whether other processes hear of it; without Redis they keep what they have until it expires
     */
    public record Dropped(Map<String, Long> entries, boolean replicasNotified) {
        public long total() {
            return entries.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
