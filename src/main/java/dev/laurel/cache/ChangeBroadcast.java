package dev.laurel.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.redis.RedisConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands.ReactiveRedisSubscriber;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Tells other processes at once what this one has changed, by publish and subscribe of Redis, so that they evict it. Only
 * speed depends on it: a notice that is lost, because Redis is unavailable or there are too many, costs the second until
 * {@link RecentChanges} finds the change in PostgreSQL.
 */
@ApplicationScoped
public class ChangeBroadcast {
    private static final Logger LOG = Logger.getLogger(ChangeBroadcast.class);

    /** Its own notice that each process hears again, so that a connection on which nothing arrives is noticed. */
    private static final ChangeNotice ECHO = ChangeNotice.of("echo");

    private static final long ECHO_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long DEAF_NANOS = 3 * ECHO_NANOS;

    private final ReactivePubSubCommands<String> redis;
    private final String channel;
    private final ObjectMapper json;
    private final String self = UUID.randomUUID().toString();
    private final WaitingNotices waiting = new WaitingNotices();
    private final Map<String, List<Consumer<List<String>>>> listeners = new ConcurrentHashMap<>();
    private final AtomicReference<ReactiveRedisSubscriber> subscriber = new AtomicReference<>();
    private final AtomicBoolean subscribing = new AtomicBoolean();
    private final Counter sent;
    private final Counter received;
    private volatile long toldAt = System.nanoTime();
    private volatile long heardAt = System.nanoTime();
    private volatile boolean ending;

    /** Nothing was heard for too long when it was last checked. Only twice in a row counts: the process may have been paused. */
    private volatile boolean silent;

    /** Called with whether notices can be exchanged, whenever that has been found out. */
    private final List<Consumer<Boolean>> watchers = new CopyOnWriteArrayList<>();

    ChangeBroadcast(ReactiveRedisDataSource redis, RedisConfig config, ObjectMapper json, MeterRegistry meters) {
        this.redis = redis.pubsub(String.class);
        this.channel = config.prefix() + ":changes";
        this.json = json;
        this.sent = meters.counter(Meters.CACHE_NOTICES, "direction", "sent");
        this.received = meters.counter(Meters.CACHE_NOTICES, "direction", "received");
    }

    /**
     * Registers a listener to the notices of other processes.
     *
     * @param changed gets the fields of a notice; must not block
     */
    public void listen(String topic, Consumer<List<String>> changed) {
        listeners.computeIfAbsent(topic, absent -> new CopyOnWriteArrayList<>()).add(changed);
    }

    /**
     * Registers a listener to the state of the subscription.
     *
     * @param heard gets whether this process hears of changes from now on; must not block
     */
    public void watch(Consumer<Boolean> heard) {
        watchers.add(heard);
    }

    /** Whether notices can be exchanged now, as far as this process knows: it hears its own. */
    public boolean isHeard() {
        return subscriber.get() != null && System.nanoTime() - heardAt <= DEAF_NANOS;
    }

    /** Sends a notice soon, together with others. Returns at once, and never fails. */
    public void tell(ChangeNotice notice) {
        if (waiting.add(notice)) {
            send();
        }
    }

    /**
     * One message at a time: notices that arrive meanwhile make up the next one. It has no deadline, since giving it up
     * would not free its connection while Redis is silent.
     */
    private void send() {
        List<ChangeNotice> notices = waiting.take();
        if (notices.isEmpty()) {
            return;
        }
        redis.publish(channel, message(notices))
                .subscribe()
                .with(
                        done -> {
                            sent.increment(notices.size());
                            send();
                        },
                        failure -> {
                            LOG.debugf("Changes could not be published: %s", failure.getMessage());
                            send();
                        });
    }

    private String message(List<ChangeNotice> notices) {
        ObjectNode message = json.createObjectNode().put("from", self);
        ArrayNode changes = message.putArray("changes");
        for (ChangeNotice notice : notices) {
            ArrayNode change = changes.addArray().add(notice.topic());
            notice.fields().forEach(change::add);
        }
        return message.toString();
    }

    /** Subscribes, and does so again after the connection has been lost or nothing arrives on it. */
    @Scheduled(identity = "change-subscription", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> keepSubscribed() {
        ReactiveRedisSubscriber open = subscriber.get();
        if (open == null) {
            subscribe();
        } else if (System.nanoTime() - heardAt > DEAF_NANOS) {
            if (silent) {
                leave(open);
            }
            silent = true;
        } else if (System.nanoTime() - toldAt > ECHO_NANOS) {
            toldAt = System.nanoTime();
            tell(ECHO);
        }
        return Uni.createFrom().voidItem();
    }

    /** One attempt at a time, which ends with its connection: each that is given up would hold one for longer. */
    private void subscribe() {
        if (ending || !subscribing.compareAndSet(false, true)) {
            return;
        }
        redis.subscribe(channel, this::receive, this::lost, failure -> lost())
                .onTermination()
                .invoke(() -> subscribing.set(false))
                .subscribe()
                .with(
                        open -> {
                            hear();
                            subscriber.set(open);
                            watchers.forEach(watcher -> watcher.accept(true));
                        },
                        failure -> {
                            LOG.debugf("Changes cannot be subscribed to now: %s", failure.getMessage());
                            lost();
                        });
    }

    private void hear() {
        heardAt = System.nanoTime();
        silent = false;
    }

    private void lost() {
        subscriber.set(null);
        if (!ending) {
            watchers.forEach(watcher -> watcher.accept(false));
        }
    }

    private void leave(ReactiveRedisSubscriber open) {
        if (subscriber.get() == open) {
            lost();
            open.unsubscribe().subscribe().with(done -> {}, failure -> {});
        }
    }

    private void receive(String message) {
        try {
            JsonNode content = json.readTree(message);
            if (self.equals(content.path("from").asText())) {
                hear();
            } else {
                content.path("changes").forEach(this::pass);
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.debugf("A notice of changes cannot be read: %s", e.getMessage());
        }
    }

    private void pass(JsonNode change) {
        received.increment();
        List<String> fields = new ArrayList<>();
        for (int i = 1; i < change.size(); i++) {
            fields.add(change.get(i).asText());
        }
        listeners.getOrDefault(change.path(0).asText(), List.of()).forEach(listener -> listener.accept(fields));
    }

    void end(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) {
        ending = true;
        ReactiveRedisSubscriber open = subscriber.get();
        if (open != null) {
            leave(open);
        }
    }
}
