package dev.laurel.web.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Attempts of one tenant with ids of another, each next to one with an id that nobody has. Both are answered with the same status
 * and the same bytes, but for the id; and, where there are enough to tell, in the same time by Welch's t-test.
 */
final class ForeignAttempts {
    /** Beyond it, two samples are taken to differ: by chance that happens once in more than 100,000 times. */
    private static final double DIFFERENT = 4.5;

    /** The slowest are of pauses of the machine. */
    private static final double KEPT = 0.95;

    /** The first ones are of code that has not been compiled. */
    private static final int WARM_UP = 50;

    private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";
    private static final String EVENTS = "used-";

    private final TenantScene owner;
    private final TenantScene other;
    private final String run;
    private final int attempts;
    private final List<Probe> probes = new ArrayList<>();
    private final StringBuilder report = new StringBuilder("attempts\twith\tt\tforeign us\tnobody's us\n");

    /**
     * @param owner whose ids are tried
     * @param other who tries them
     * @param attempts with foreign ids; as many follow with ids that nobody has
     */
    ForeignAttempts(TenantScene owner, TenantScene other, String run, int attempts) {
        this.owner = owner;
        this.other = other;
        this.run = run;
        this.attempts = attempts;
    }

    /** Makes all attempts; fails when anything is learned from their answers. */
    void make() throws IOException {
        reads();
        conditions();
        events();
        int each = Math.max(1, attempts / probes.size());
        boolean timed = attempts >= 1_000;
        List<String> told = new ArrayList<>();
        for (Probe probe : probes) {
            double t = attempt(probe, each, timed);
            if (timed && Math.abs(t) >= DIFFERENT) {
                told.add(probe.name + " t = " + t);
            }
        }
        if (timed) {
            Files.writeString(Path.of("target/foreign-attempts.tsv"), report);
            System.out.println(report);
        }
        assertThat(told).as("what time tells").isEmpty();
    }

    private void reads() {
        String mine = "/api/v1/boards/" + other.names.get("board");
        get("board", "/api/v1/boards/%s");
        get("board", "/api/v1/boards/%s/rankings/all_time");
        get("board", "/api/v1/admin/boards/%s/status");
        get("player", "/api/v1/players/%s");
        get("player", mine + "/rankings/all_time/players/%s");
        get("challenge", "/api/v1/challenges/%s");
        get("achievement", "/api/v1/achievements/%s");
        get("group", "/api/v1/groups/class/%s/members");
        get("import", "/api/v1/imports/%s");
        both("key", id -> other.api.delete("/api/v1/admin/keys/" + id));
    }

    private void get(String kind, String path) {
        both(kind, id -> other.api.get(path.formatted(id)));
    }

    private void both(String kind, Function<String, Reply> request) {
        String foreign = foreign(kind);
        String nobodys = nobodys(kind, foreign);
        probes.add(new Probe(kind, i -> foreign, i -> nobodys, request));
    }

    private String foreign(String kind) {
        return kind.equals("player") ? owner.own.get(kind) + owner.mark : owner.own.get(kind);
    }

    private String nobodys(String kind, String foreign) {
        return switch (kind) {
            case "import" -> "987654321";
            case "key" -> "0123456789abcdef";
            default -> foreign.replace(owner.mark, "zzzz" + owner.mark.substring(4));
        };
    }

    /** Cursors and ETags: of a ranking of the owner, or of none. */
    private void conditions() {
        Reply first = owner.api
                .get("/api/v1/boards/" + owner.own.get("board") + "/rankings/all_time?limit=1")
                .expect(200);
        String mine = "/api/v1/boards/" + other.names.get("board") + "/rankings/all_time?limit=1";
        String cursor = first.json().path("next").asText();
        assertThat(cursor).isNotEmpty();
        probes.add(new Probe(
                "cursor", i -> cursor, i -> ofNoBoard(cursor), one -> other.api.get(mine + "&cursor=" + one)));
        String tag = first.header("ETag");
        probes.add(new Probe("ETag", i -> tag, i -> changed(tag), one -> other.api.get(mine, "If-None-Match", one)));
    }

    /** The same with the number of a board that there is not. */
    private static String ofNoBoard(String cursor) {
        String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 3);
        String changed = parts[0] + " 2000000000 " + parts[2];
        return Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8));
    }

    /** In the middle, one letter or digit for another. */
    private static String changed(String text) {
        int at = text.length() / 2;
        char there = text.charAt(at);
        return text.substring(0, at) + (there == '7' ? '8' : '7') + text.substring(at + 1);
    }

    /** Ids of events that the owner has used, in the body and as a key. A second use would be a repetition: each is tried once. */
    private void events() {
        String board = "attempts-" + run;
        String definition = "{\"title\":\"Attempts\",\"operator\":\"BEST\",\"periods\":[\"ALL_TIME\"]}";
        for (LaurelApi api : List.of(owner.api, other.api)) {
            api.put("/api/v1/boards/" + board, definition).expect(201);
            api.post("/api/v1/boards/" + board + "/scores", "{\"playerId\":\"p\",\"score\":9}")
                    .expect(200);
        }
        int used = WARM_UP + attempts;
        for (int from = 0; from < used; from += 5_000) {
            StringBuilder batch = new StringBuilder("{\"scores\":[");
            for (int i = from; i < Math.min(used, from + 5_000); i++) {
                batch.append(i == from ? "" : ",")
                        .append("{\"playerId\":\"p\",\"score\":1,\"eventId\":\"")
                        .append(EVENTS)
                        .append(i)
                        .append("\"}");
            }
            owner.api
                    .post(
                            "/api/v1/boards/" + board + "/scores/batch",
                            batch.append("]}").toString())
                    .expect(200);
        }
        String scores = "/api/v1/boards/" + board + "/scores";
        IntFunction<String> foreign = i -> EVENTS + i;
        IntFunction<String> nobodys = i -> "free-" + i;
        probes.add(new Probe(
                "event id",
                foreign,
                nobodys,
                id -> other.api.post(scores, "{\"playerId\":\"p\",\"score\":1,\"eventId\":\"" + id + "\"}")));
        probes.add(new Probe(
                "idempotency key",
                i -> EVENTS + (used - 1 - i),
                i -> "free-" + (used - 1 - i),
                id -> other.api.post(scores, "{\"playerId\":\"p\",\"score\":1}", "Idempotency-Key", id)));
    }

    private double attempt(Probe probe, int attempts, boolean timed) {
        Random order = new Random(4_711);
        Sample foreign = new Sample(attempts);
        Sample nobodys = new Sample(attempts);
        int warmUp = timed ? WARM_UP : 0;
        for (int i = 0; i < warmUp + attempts; i++) {
            boolean first = order.nextBoolean();
            String one = probe.foreign.apply(i);
            String two = probe.nobodys.apply(i);
            Timed known = first ? Timed.of(probe, one) : null;
            Timed unknown = Timed.of(probe, two);
            Timed asked = first ? known : Timed.of(probe, one);
            assertThat(asked.reply.status()).as("%s", asked.reply).isEqualTo(unknown.reply.status());
            assertThat(plain(asked.reply, one))
                    .as("%s %s", probe.name, asked.reply)
                    .isEqualTo(plain(unknown.reply, two));
            if (i >= warmUp) {
                foreign.add(asked.nanos);
                nobodys.add(unknown.nanos);
            }
        }
        double t = Sample.welch(foreign.cropped(KEPT), nobodys.cropped(KEPT));
        report.append("%d\t%s\t%.2f\t%.1f\t%.1f%n"
                .formatted(
                        attempts,
                        probe.name,
                        t,
                        foreign.cropped(KEPT).mean() / 1e3,
                        nobodys.cropped(KEPT).mean() / 1e3));
        return t;
    }

    private static String plain(Reply reply, String id) {
        return reply.text().replace(id, "id").replaceAll(INSTANT, "instant") + reply.header("Cache-Control");
    }

    /** A request with an id. */
    private record Probe(
            String name, IntFunction<String> foreign, IntFunction<String> nobodys, Function<String, Reply> request) {}

    private record Timed(Reply reply, long nanos) {
        static Timed of(Probe probe, String id) {
            long begun = System.nanoTime();
            Reply reply = probe.request.apply(id);
            return new Timed(reply, System.nanoTime() - begun);
        }
    }
}
