package dev.laurel.access.token;

import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jose4j.jws.JsonWebSignature;

import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The keys of an issuer behind a URL. Known keys go on while the issuer is unavailable. They are fetched again in the background
 * once they are old, and at once for a key that is not among them; one request at a time, and not more often than every ten
 * seconds, whatever clients send.
 */
final class JwksKeys implements IssuerKeys {
    private static final Logger LOG = Logger.getLogger(JwksKeys.class);

    /** Between two requests to the issuer. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Supplier<Uni<String>> source;
    private final Duration refresh;
    private final LongSupplier nanos;
    private final AtomicReference<Uni<KeySet>> running = new AtomicReference<>();
    private volatile Attempt last;
    private volatile KeySet keys;

    /**
     * @param source fetches the key set
     * @param refresh how long keys are used before they are fetched again
     */
    JwksKeys(Supplier<Uni<String>> source, Duration refresh, LongSupplier nanos) {
        this.source = source;
        this.refresh = refresh;
        this.nanos = nanos;
    }

    @Override
    public Uni<List<Key>> keys(JsonWebSignature signature) {
        KeySet known = keys;
        List<Key> found = known == null ? List.of() : known.find(signature);
        if (found.isEmpty()) {
            return latest().map(set -> set.find(signature));
        }
        if (isOlderThan(refresh)) {
            latest().subscribe().with(set -> {}, failure -> {});
        }
        return Uni.createFrom().item(found);
    }

    private boolean isOlderThan(Duration age) {
        Attempt attempt = last;
        return attempt == null || nanos.getAsLong() - attempt.atNanos >= age.toNanos();
    }

    /** The keys as the issuer has them now, or had them a moment ago; fails when the last request for them has failed. */
    private Uni<KeySet> latest() {
        Uni<KeySet> waiting = running.get();
        if (waiting != null) {
            return waiting;
        }
        if (!isOlderThan(PAUSE)) {
            return last.failed || keys == null
                    ? Uni.createFrom().failure(unavailable())
                    : Uni.createFrom().item(keys);
        }
        Uni<KeySet> fetch = Uni.createFrom()
                .deferred(source::get)
                .map(KeySet::of)
                .onItemOrFailure()
                .transformToUni((set, failure) -> ended(set, failure))
                .memoize()
                .indefinitely();
        return running.compareAndSet(null, fetch) ? fetch : latest();
    }

    private Uni<KeySet> ended(KeySet set, Throwable failure) {
        boolean before = last != null && last.failed;
        if (failure == null) {
            keys = set;
        } else if (!before) {
            LOG.warnf("The keys of the issuer could not be fetched; known ones go on: %s", failure.getMessage());
        }
        last = new Attempt(nanos.getAsLong(), failure != null);
        running.set(null);
        return failure == null ? Uni.createFrom().item(set) : Uni.createFrom().failure(unavailable());
    }

    private static Unavailable unavailable() {
        return Unavailable.store("The issuer of tokens", null);
    }

    private record Attempt(long atNanos, boolean failed) {}
}
