import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Submits one score for each of many players in batches over HTTP, so that a benchmark reads what a client wrote.
 *
 * <p>Usage: {@code java Seed.java BASE_URL BOARD PLAYERS}. Players are named by {@code p} and twelve digits, as
 * redis-benchmark draws numbers. Scores are drawn from 0 to 9,999 with a fixed seed, so of 100,000 players about ten
 * share each score. All have the same instant, which is printed: it is a part of the members of the sorted sets.
 */
public class Seed {
    private static final int BATCH = 2_000;
    private static final int IN_FLIGHT = 2;
    private static final Pattern APPLIED = Pattern.compile("\"APPLIED\"");

    public static void main(String[] args) throws Exception {
        URI target = URI.create(args[0] + "/api/v1/boards/" + args[1] + "/scores/batch");
        int players = Integer.parseInt(args[2]);
        Instant at = Instant.ofEpochMilli(System.currentTimeMillis());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Random random = new Random(42);
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        AtomicInteger applied = new AtomicInteger();
        long started = System.nanoTime();
        for (int first = 0; first < players; first += BATCH) {
            StringBuilder lines = new StringBuilder();
            for (int i = first; i < Math.min(first + BATCH, players); i++) {
                lines.append("{\"playerId\":\"p%012d\",\"score\":%d,\"occurredAt\":\"%s\"}%n"
                        .formatted(i, random.nextInt(10_000), at));
            }
            HttpRequest request = HttpRequest.newBuilder(target)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines.toString()))
                    .build();
            inFlight.acquire();
            client.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                applied.addAndGet(failure == null ? count(answer) : 0);
                inFlight.release();
            });
        }
        inFlight.acquire(IN_FLIGHT);
        double seconds = (System.nanoTime() - started) / 1e9;
        System.err.printf("seeded %d players in %.1f s by batches of %d%n", applied.get(), seconds, BATCH);
        System.out.println(at.toEpochMilli());
        System.exit(applied.get() == players ? 0 : 1);
    }

    private static int count(HttpResponse<String> answer) {
        Matcher matcher = APPLIED.matcher(answer.body());
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
