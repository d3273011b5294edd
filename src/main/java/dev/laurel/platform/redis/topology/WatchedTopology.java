package dev.laurel.platform.redis.topology;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Masters that can change: those of a Redis Cluster, or the one named by sentinels. Queried every second, and soon
 * after a caller has reported a doubt.
 */
final class WatchedTopology implements Topology {
    private static final Logger LOG = Logger.getLogger(WatchedTopology.class);
    private static final long INTERVAL_MS = 1_000;

    /** Delay between a doubt and the query: many callers doubt at once. */
    private static final long DOUBTED_MS = 100;

    /** A paused server accepts connections and sends nothing. */
    private static final long PATIENCE_MS = 500;

    /**
     * How long most of the queried servers must report earlier epochs, and none a later one, before the epochs are
     * taken to have been reset. In milliseconds rather than queries, since doubts cause additional ones.
     */
    private static final long RECOUNTED_MS = 30_000;

    private static final long FAREWELL_MS = 10_000;

    private final Vertx vertx;
    private final Directory directory;
    private final List<RedisNode> seeds;
    private final Function<RedisNode, Redis> clients;
    private final Map<RedisNode, Redis> known = new ConcurrentHashMap<>();
    private final long recounted;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean doubted = new AtomicBoolean();

    /** A doubt arrived during a query. */
    private final AtomicBoolean again = new AtomicBoolean();

    private volatile Masters masters = Masters.NONE;
    private volatile Runnable changed = () -> {};
    private volatile boolean stopped;

    /** No server replied to the last query. */
    private volatile boolean silent;

    private int turn;

    /** How many servers have reported something outdated in this query. */
    private int outdated;

    /** Since when most servers report something outdated, as {@link System#nanoTime}; 0 while they do not. */
    private long outdatedSince;

    /**
     * @param seeds servers queried for the masters
     * @param clients creates the client of a server
     */
    WatchedTopology(Vertx vertx, Directory directory, List<RedisNode> seeds, Function<RedisNode, Redis> clients) {
        this(vertx, directory, seeds, clients, RECOUNTED_MS);
    }

    WatchedTopology(
            Vertx vertx,
            Directory directory,
            List<RedisNode> seeds,
            Function<RedisNode, Redis> clients,
            long recountedMillis) {
        this.recounted = TimeUnit.MILLISECONDS.toNanos(recountedMillis);
        this.vertx = vertx;
        this.directory = directory;
        this.seeds = List.copyOf(seeds);
        this.clients = clients;
    }

    @Override
    public List<RedisNode> nodes() {
        return masters.nodes();
    }

    @Override
    public RedisNode nodeOf(String key) {
        return masters.of(key);
    }

    @Override
    public Future<RedisConnection> connect(RedisNode node) {
        // An address that cannot be parsed fails like one that cannot be reached.
        return Future.<Void>succeededFuture()
                .compose(ignored -> known.computeIfAbsent(node, clients).connect());
    }

    @Override
    public void start(Runnable onChange) {
        changed = onChange;
        look();
        vertx.setPeriodic(INTERVAL_MS, timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                look();
            }
        });
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void doubt() {
        if (!stopped && doubted.compareAndSet(false, true)) {
            vertx.setTimer(DOUBTED_MS, timer -> {
                doubted.set(false);
                again.set(!look());
            });
        }
    }

    /** Returns whether a query begins; false while another one is in progress. */
    private boolean look() {
        if (stopped || !looking.compareAndSet(false, true)) {
            return false;
        }
        List<RedisNode> candidates = new ArrayList<>(candidates());
        // Rotates the first server, which may be the one that is cut off.
        Collections.rotate(candidates, turn++);
        outdated = 0;
        ask(candidates, 0, null).onComplete(done -> {
            looking.set(false);
            if (again.getAndSet(false)) {
                look();
            }
        });
        return true;
    }

    private Set<RedisNode> candidates() {
        Set<RedisNode> candidates = new LinkedHashSet<>(seeds);
        if (directory.mastersKnow()) {
            candidates.addAll(masters.nodes());
        }
        return candidates;
    }

    /** Queries one server after the other until one reports something that is not outdated. */
    private Future<Void> ask(List<RedisNode> candidates, int number, Throwable last) {
        if (number == candidates.size()) {
            // Logged once: the next query is in a second.
            LOG.logf(
                    silent ? Level.DEBUG : Level.WARN,
                    "None of %s names the masters of Redis: %s",
                    candidates,
                    last == null ? "" : last.getMessage());
            silent = true;
            if (outdatedForLong(2 * outdated > candidates.size())) {
                // The next report is accepted as it is.
                masters = new Masters(0, masters.nodes(), masters.bySlot());
            }
            return Future.succeededFuture();
        }
        RedisNode node = candidates.get(number);
        return answersOf(node)
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .map(answers -> take(directory.read(node, answers)))
                .recover(failure -> ask(candidates, number + 1, failure));
    }

    private boolean outdatedForLong(boolean most) {
        long now = System.nanoTime();
        if (!most) {
            outdatedSince = 0;
        } else if (outdatedSince == 0) {
            outdatedSince = now;
        }
        return outdatedSince != 0 && now - outdatedSince > recounted;
    }

    private Future<List<Response>> answersOf(RedisNode node) {
        return connect(node).compose(connection -> {
            Promise<List<Response>> answers = Promise.promise();
            connection
                    .batch(directory.questions())
                    .onComplete(answers)
                    // After the reply, however late: only then may the connection serve others.
                    .onComplete(ignored -> connection.close());
            return answers.future();
        });
    }

    /** Runs once the links to former masters have let go. */
    private void closeOthers() {
        Set<RedisNode> used = candidates();
        used.addAll(masters.nodes());
        known.keySet().stream().filter(node -> !used.contains(node)).forEach(node -> known.remove(node)
                .close());
    }

    private Void take(Masters told) {
        if (told.epoch() < masters.epoch()) {
            outdated++;
            throw new IllegalStateException("its report is outdated");
        }
        silent = false;
        outdatedSince = 0;
        boolean others = !new HashSet<>(told.nodes()).equals(new HashSet<>(masters.nodes()));
        masters = told;
        if (others) {
            LOG.infof("The masters of Redis are %s", told.nodes());
            changed.run();
            vertx.setTimer(FAREWELL_MS, timer -> closeOthers());
        }
        return null;
    }
}
