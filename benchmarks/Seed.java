import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Submits one score for each of many players over HTTP, so that a benchmark reads what a client wrote.
 *
 * <p>Usage: {@code java Seed.java BASE_URL BOARD PLAYERS}. Scores are drawn from 0 to 9,999 with a fixed seed, so about
 * every tenth player of 100,000 shares a score with nine others.
 */
public class Seed {
    private static final int IN_FLIGHT = 128;

    public static void main(String[] args) throws Exception {
        String base = args[0];
        String board = args[1];
        int players = Integer.parseInt(args[2]);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Random random = new Random(42);
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        CountDownLatch done = new CountDownLatch(players);
        AtomicInteger failed = new AtomicInteger();
        long started = System.nanoTime();
        for (int i = 0; i < players; i++) {
            String body = "{\"playerId\":\"p" + i + "\",\"score\":" + random.nextInt(10_000) + "}";
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/boards/" + board + "/scores"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            inFlight.acquire();
            client.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> {
                if (failure != null || answer.statusCode() != 200) {
                    failed.incrementAndGet();
                }
                inFlight.release();
                done.countDown();
            });
        }
        done.await();
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf("%d players in %.1f s, %.0f a second, %d failed%n", players, seconds, players / seconds, failed.get());
        System.exit(failed.get() == 0 ? 0 : 1);
    }
}
