package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.Oracle.Window;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Random decisions of administrators on one board, each carried out by the service and by the oracle. */
public final class Corrections {

    private static final String DECISION = "\"reason\":\"drawn by lot\",\"author\":\"judge-7\"}";

    private final LaurelApi api;
    private final BoardSpec board;
    private final Oracle oracle;
    private final Random random;
    private final List<Adjustment> standing = new ArrayList<>();
    private final Set<Window> touched = new LinkedHashSet<>();
    private int submitted;

    /** An adjustment that has not been undone. */
    private record Adjustment(long id, String playerId, List<Window> windows) {}

    public Corrections(LaurelApi api, Oracle oracle, long seed) {
        this.api = api;
        this.board = oracle.board();
        this.oracle = oracle;
        this.random = new Random(seed);
    }

    /** The windows that were corrected. */
    public List<Window> touched() {
        return List.copyOf(touched);
    }

    /** Does one random thing at an instant at which the service's clock stands. */
    public void step(Instant now) {
        switch (random.nextInt(8)) {
            case 0, 1 -> disqualify();
            case 2 -> reinstate();
            case 3, 4 -> adjust(now);
            case 5 -> undo();
            default -> submit(now);
        }
    }

    private void disqualify() {
        Window window = someWindow();
        String player = somePlayer();
        Reply reply = api.put(decision(window, player, "disqualification"), "{" + DECISION);
        assertChanged(reply, oracle.disqualify(window, player));
        touched.add(window);
    }

    private void reinstate() {
        Window window = someWindow();
        List<String> barred = oracle.players().stream()
                .filter(player -> oracle.isBarred(window, player))
                .toList();
        String player = barred.isEmpty() ? somePlayer() : Workload.one(random, barred);
        Reply reply = api.post(decision(window, player, "reinstatement"), "{" + DECISION);
        assertChanged(reply, oracle.reinstate(window, player));
        touched.add(window);
    }

    private static void assertChanged(Reply reply, boolean changed) {
        assertThat(reply.expect(200).json().path("changed").asBoolean())
                .as("changed in %s", reply)
                .isEqualTo(changed);
    }

    private void adjust(Instant now) {
        Set<Period> periods = EnumSet.noneOf(Period.class);
        board.periods().stream().filter(period -> random.nextInt(3) == 0).forEach(periods::add);
        String player = somePlayer();
        BigDecimal score = Workload.score(random, board);
        Map<String, BigDecimal> metrics = Workload.metrics(random, board);
        List<Window> windows = oracle.windowsAt(now).stream()
                .filter(window -> periods.isEmpty() || periods.contains(window.period()))
                .filter(window -> board.operator().equals("SUM") || oracle.hasStanding(window, player))
                .toList();
        String words = periods.stream().map(period -> '"' + period.word() + '"').collect(Collectors.joining(","));
        String event = new ScoreEvent(player, score, null, null, metrics).json();
        Reply reply = api.post(
                admin("/adjustments"),
                event.substring(0, event.length() - 1) + ",\"periods\":[" + words + "]," + DECISION);
        if (windows.isEmpty()) {
            reply.expect(409);
            return;
        }
        long id = reply.expect(200).json().path("adjustment").asLong();
        List<BigDecimal> scores = oracle.scores(score, metrics);
        oracle.adjust(windows, player, scores, now, id);
        standing.add(new Adjustment(id, player, windows));
        touched.addAll(windows);
    }

    private void undo() {
        if (standing.isEmpty()) {
            return;
        }
        Adjustment chosen = Workload.one(random, standing);
        api.post(admin("/adjustments/" + chosen.id() + "/undo"), "{" + DECISION).expect(200);
        oracle.undo(chosen.windows(), chosen.playerId(), chosen.id());
        standing.remove(chosen);
    }

    private void submit(Instant now) {
        String id = board.id() + ".corrected." + submitted++;
        Instant instant = now.minus(Duration.ofMillis(random.nextInt(100_000_000)));
        ScoreEvent event = Workload.event(random, board, id, instant);
        api.submit(board.id(), event).expect(200);
        oracle.accept(event);
    }

    private String somePlayer() {
        return Workload.one(random, List.copyOf(oracle.players()));
    }

    private Window someWindow() {
        List<Window> windows = touched.isEmpty() || random.nextInt(4) == 0 ? List.copyOf(oracle.windows()) : touched();
        return Workload.one(random, windows);
    }

    private String admin(String rest) {
        return "/api/v1/admin/boards/" + board.id() + rest;
    }

    private String decision(Window window, String player, String kind) {
        return admin("/rankings/" + window.period().word() + "/players/" + LaurelApi.segment(player) + "/" + kind
                + "?window=" + window.id());
    }
}
