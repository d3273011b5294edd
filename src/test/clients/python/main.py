"""The main job through a client that is generated: python3 main.py <folder of the client> <address of the service>"""

import sys

sys.path.insert(0, sys.argv[1])

import laurel_client as laurel  # noqa: E402
from laurel_client.exceptions import ApiException  # noqa: E402

client = laurel.ApiClient(laurel.Configuration(host=sys.argv[2].rstrip("/")))
boards = laurel.BoardsApi(client)
scores = laurel.ScoresApi(client)
rankings = laurel.RankingsApi(client)
BOARD = "python"
PERIOD = laurel.PeriodPath("all_time")


def same(what, found, expected):
    if found != expected:
        raise AssertionError(f"{what}: expected {expected}, found {found}")


def refused(call):
    try:
        call()
    except ApiException as refusal:
        return refusal
    raise AssertionError("nothing was refused")


made = boards.put_board(BOARD, laurel.BoardDefinition(title="Python", operator="BEST"))
same("title", made.title, "Python")

event = laurel.ScoreEvent(playerId="ann", score=30, eventId="first", attributes={"level": 7, "tags": ["a", None]})
same("first", scores.submit_score(BOARD, event).status, "APPLIED")
same("again", scores.submit_score(BOARD, event).status, "DUPLICATE")

# Not in NFC, which the client does not know and the service refuses.
batch = laurel.ScoreBatch(
    scores=[
        laurel.ScoreEvent(playerId="bob", score=20),
        laurel.ScoreEvent(playerId="cid", score=10),
        laurel.ScoreEvent(playerId="cide\u0301", score=1),
    ]
)
results = scores.submit_scores(BOARD, batch).results
same("batch", [result.status for result in results], ["APPLIED", "APPLIED", "REFUSED"])
same("refusal", results[2].error.errors[0].to_dict()["field"], "playerId")

top = rankings.get_ranking(BOARD, PERIOD, limit=2)
same("top", [(e.rank, e.player_id, e.score) for e in top.entries], [(1, "ann", 30), (2, "bob", 20)])
rest = rankings.get_ranking(BOARD, PERIOD, cursor=top.next)
same("rest", [e.player_id for e in rest.entries], ["cid"])

rank = rankings.get_player_rank(BOARD, PERIOD, "bob")
same("rank", (rank.rank, rank.ahead.player_id, rank.behind.gap), (2, "ann", 10))
around = rankings.get_neighbours(BOARD, PERIOD, "bob", radius=1)
same("neighbours", [e.player_id for e in around.entries], ["ann", "bob", "cid"])
friends = rankings.lookup_players(BOARD, PERIOD, laurel.LookupRequest(playerIds=["cid", "ann", "nobody"]))
same("lookup", [(e.rank_among, e.player_id) for e in friends.entries], [(1, "ann"), (2, "cid")])
same("missing", friends.missing, ["nobody"])

lost = refused(lambda: boards.get_board("nothing"))
same("problem", (lost.status, laurel.Problem.from_json(lost.body).code.value), (404, "NOT_FOUND"))
wrong = refused(lambda: scores.submit_score(BOARD, laurel.ScoreEvent(playerId="cide\u0301", score=1)))
same("invalid", (wrong.status, laurel.Problem.from_json(wrong.body).errors[0].to_dict()["field"]), (422, "playerId"))

print("python: the main job is done")
