package dev.laurel.challenge;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.challenge.ChallengeCache.VariantOf;
import dev.laurel.correction.Decision;
import dev.laurel.platform.async.Contexts;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.UnusedWindows;
import dev.laurel.standings.write.Recounts;
import dev.laurel.standings.write.Recounts.Withdrawal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Takes submissions back, with what they have earned. */
@ApplicationScoped
public class Withdrawals {
    private final Challenges challenges;
    private final Boards boards;
    private final Recounts recounts;
    private final UnusedWindows unused;
    private final ChallengeCache cache;

    Withdrawals(Challenges challenges, Boards boards, Recounts recounts, UnusedWindows unused, ChallengeCache cache) {
        this.challenges = challenges;
        this.boards = boards;
        this.recounts = recounts;
        this.unused = unused;
        this.cache = cache;
    }

    /**
     * Takes a submission back as if it had never been made. If its player has cleared the variant by it, the player's
     * next submission that clears takes its place, and the points stay; if there is none, the clearing and its points are
     * taken back in all windows, open and closed. Its key stays used.
     *
     * @return fails with {@link NotFound} when there is no such submission, with {@link Conflict} when a sum would leave
     *     the range of scores, with {@link Unavailable} when PostgreSQL did not do it, or did not confirm it
     */
    public Uni<Void> withdraw(ChallengeKey key, String variant, UUID id, Decision decision) {
        return challenges.get(key).chain(challenge -> board(challenge)
                .chain(board -> Contexts.toTheEnd(withdraw(challenge, variant, id, board, decision))));
    }

    /** As it is now: it may have got periods of which this process has not heard. Null when it is gone. */
    private Uni<Board> board(Challenge challenge) {
        return boards.refresh(new BoardName(
                        challenge.key().tenant(), challenge.definition().board()))
                .onFailure(NotFound.class)
                .recoverWithNull();
    }

    private Uni<Void> withdraw(Challenge challenge, String variant, UUID id, Board board, Decision decision) {
        Withdrawal withdrawal = new Withdrawal(challenge.number(), variant, id, decision.reason(), decision.author());
        return recounts.withdraw(board, withdrawal)
                .map(player -> player.orElseThrow(() -> new NotFound("There is no submission " + id)))
                .onItemOrFailure()
                .invoke((player, failure) -> changed(challenge, variant, player))
                .call(() -> board == null ? Uni.createFrom().voidItem() : unused.forget(board))
                .replaceWithVoid();
    }

    /** After a failure, neither the outcome nor the player is known. */
    private void changed(Challenge challenge, String variant, String player) {
        if (player == null) {
            cache.playersChanged();
        } else {
            cache.submitted(
                    new VariantOf(challenge.number(), variant),
                    new PlayerKey(challenge.key().tenant(), player),
                    true);
        }
    }
}
