import client.ApiClient;
import client.ApiException;
import client.api.BoardsApi;
import client.api.BoardsApi.APIGetBoardRequest;
import client.api.BoardsApi.APIPutBoardRequest;
import client.api.RankingsApi;
import client.api.RankingsApi.APIGetNeighboursRequest;
import client.api.RankingsApi.APIGetPlayerRankRequest;
import client.api.RankingsApi.APIGetRankingRequest;
import client.api.RankingsApi.APILookupPlayersRequest;
import client.api.ScoresApi;
import client.api.ScoresApi.APISubmitScoreRequest;
import client.api.ScoresApi.APISubmitScoresRequest;
import client.model.BoardDefinition;
import client.model.BatchResult;
import client.model.LookupEntry;
import client.model.LookupRequest;
import client.model.PeriodPath;
import client.model.Problem;
import client.model.RankingEntry;
import client.model.Receipt;
import client.model.ScoreBatch;
import client.model.ScoreEvent;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The main job through a client that is generated; takes the address of the service. */
public final class Main {
    private static final String BOARD = "java";
    private static final PeriodPath PERIOD = PeriodPath.ALL_TIME;

    public static void main(String[] args) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0].replaceFirst("/$", ""));
        BoardsApi boards = new BoardsApi(client);
        ScoresApi scores = new ScoresApi(client);

        BoardDefinition definition =
                new BoardDefinition().title("Java").operator(BoardDefinition.OperatorEnum.BEST);
        same("title", boards.putBoard(APIPutBoardRequest.newBuilder().board(BOARD).boardDefinition(definition).build()).getTitle(), "Java");

        ScoreEvent event = event("ann", 30).eventId("first").attributes(Map.of("level", 7, "tags", List.of("a")));
        same("first", scores.submitScore(scored(event)).getStatus(), Receipt.StatusEnum.APPLIED);
        same("again", scores.submitScore(scored(event)).getStatus(), Receipt.StatusEnum.DUPLICATE);

        ScoreBatch batch = new ScoreBatch().scores(List.of(event("bob", 20), event("cid", 10), event("", 1)));
        List<BatchResult> results = scores.submitScores(
                        APISubmitScoresRequest.newBuilder().board(BOARD).scoreBatch(batch).build())
                .getResults();
        same(
                "batch",
                results.stream().map(BatchResult::getStatus).toList(),
                List.of(
                        BatchResult.StatusEnum.APPLIED,
                        BatchResult.StatusEnum.APPLIED,
                        BatchResult.StatusEnum.REFUSED));
        same("refusal", results.get(2).getError().getErrors().get(0).getField(), "playerId");

        read(new RankingsApi(client));
        refusals(client, boards, scores);
        System.out.println("java: the main job is done");
    }

    private static void read(RankingsApi rankings) throws ApiException {
        var top = rankings.getRanking(ranking().limit(2).build());
        same("top", players(top.getEntries()), List.of("ann", "bob"));
        same("score", top.getEntries().get(0).getScore(), new BigDecimal(30));
        var rest = rankings.getRanking(ranking().cursor(top.getNext()).build());
        same("rest", players(rest.getEntries()), List.of("cid"));

        var rank = rankings.getPlayerRank(
                APIGetPlayerRankRequest.newBuilder().board(BOARD).period(PERIOD).player("bob").build());
        same("rank", rank.getRank(), 2L);
        same("ahead", rank.getAhead().getPlayerId(), "ann");
        same("gap", rank.getBehind().getGap(), BigDecimal.TEN);
        var around = rankings.getNeighbours(APIGetNeighboursRequest.newBuilder()
                .board(BOARD)
                .period(PERIOD)
                .player("bob")
                .radius(1)
                .build());
        same("neighbours", players(around.getEntries()), List.of("ann", "bob", "cid"));
        var friends = rankings.lookupPlayers(APILookupPlayersRequest.newBuilder()
                .board(BOARD)
                .period(PERIOD)
                .lookupRequest(new LookupRequest().playerIds(List.of("cid", "ann", "nobody")))
                .build());
        same("lookup", friends.getEntries().stream().map(LookupEntry::getPlayerId).toList(), List.of("ann", "cid"));
        same("missing", friends.getMissing(), List.of("nobody"));
    }

    private static void refusals(ApiClient client, BoardsApi boards, ScoresApi scores) throws Exception {
        ApiException lost = refused(() -> boards.getBoard(APIGetBoardRequest.newBuilder().board("nothing").build()));
        same("status", lost.getCode(), 404);
        same("code", problem(client, lost).getCode().getValue(), "NOT_FOUND");
        ApiException wrong = refused(() -> scores.submitScore(scored(event("", 1))));
        same("status", wrong.getCode(), 422);
        same("field", problem(client, wrong).getErrors().get(0).getField(), "playerId");
    }

    private static Problem problem(ApiClient client, ApiException refusal) throws Exception {
        return client.getObjectMapper().readValue(refusal.getResponseBody(), Problem.class);
    }

    private static ScoreEvent event(String player, int score) {
        return new ScoreEvent().playerId(player).score(new BigDecimal(score));
    }

    private static APISubmitScoreRequest scored(ScoreEvent event) {
        return APISubmitScoreRequest.newBuilder().board(BOARD).scoreEvent(event).build();
    }

    private static APIGetRankingRequest.Builder ranking() {
        return APIGetRankingRequest.newBuilder().board(BOARD).period(PERIOD);
    }

    private static List<String> players(List<RankingEntry> entries) {
        return entries.stream().map(RankingEntry::getPlayerId).toList();
    }

    private static void same(String what, Object found, Object expected) {
        if (!Objects.equals(found, expected)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }

    private static ApiException refused(Call call) {
        try {
            call.run();
        } catch (ApiException refusal) {
            return refusal;
        }
        throw new AssertionError("Nothing was refused");
    }

    private interface Call {
        void run() throws ApiException;
    }
}
