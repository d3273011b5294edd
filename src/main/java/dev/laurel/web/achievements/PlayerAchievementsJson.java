package dev.laurel.web.achievements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.achievement.award.PlayerAwards.Award;
import dev.laurel.achievement.award.PlayerAwards.Ground;
import dev.laurel.achievement.award.PlayerAwards.OfPlayer;
import dev.laurel.achievement.award.Progress;
import dev.laurel.achievement.award.Progress.Part;
import dev.laurel.achievement.rule.Condition;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The JSON form of all achievements of a player. */
@Schema(name = "PlayerAchievements")
public record PlayerAchievementsJson(String playerId, List<ItemJson> items) {
    static PlayerAchievementsJson of(String player, List<OfPlayer> found) {
        return new PlayerAchievementsJson(
                player, found.stream().map(ItemJson::of).toList());
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** An achievement as it stands for a player. */
    @Schema(name = "PlayerAchievement")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemJson(
            String achievement,
            String title,
            boolean secret,

            @Schema(description = "The latest award of each tier")
            List<AwardJson> awards,

            @Schema(description = "Missing when everything is reached, and while a board is frozen")
            NextJson next) {
        static ItemJson of(OfPlayer one) {
            return new ItemJson(
                    one.achievement().key().id(),
                    one.achievement().definition().title(),
                    one.achievement().definition().terms().secret(),
                    one.awards().stream().map(AwardJson::of).toList(),
                    one.next() == null ? null : NextJson.of(one.next()));
        }
    }

    /** An award. */
    @Schema(name = "Award")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AwardJson(
            String tier,
            String window,

            @Schema(description = "How many windows it was awarded for")
            long times,

            @Schema(description = "By the instants of events")
            Instant reachedAt,

            Instant awardedAt,
            @Schema(description = "What it was given for") List<GroundJson> ground) {
        static AwardJson of(Award award) {
            return new AwardJson(
                    orNull(award.tier()),
                    orNull(award.window()),
                    award.times(),
                    award.reachedAt(),
                    award.awardedAt(),
                    award.ground().stream().map(GroundJson::of).toList());
        }
    }

    /** A condition, and what the player had or has. */
    @Schema(name = "AchievementGround")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GroundJson(
            String measure,
            String board,
            String tag,

            @Schema(type = SchemaType.NUMBER, description = "What the player has; missing for nothing yet")
            BigDecimal value,

            @Schema(type = SchemaType.NUMBER, description = "What is needed: at least, or at most where less is better")
            BigDecimal bound) {
        static GroundJson of(Ground ground) {
            return new GroundJson(ground.measure(), ground.board(), ground.tag(), ground.value(), ground.bound());
        }

        static GroundJson of(Part part) {
            Condition condition = part.condition();
            return new GroundJson(
                    condition.measure().name(), condition.board(), condition.tag(), part.value(), condition.bound());
        }
    }

    /** What is missing to the next step. */
    @Schema(name = "AchievementProgress")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NextJson(String tier, String window, List<GroundJson> conditions) {
        static NextJson of(Progress progress) {
            return new NextJson(
                    orNull(progress.tier()),
                    orNull(progress.window()),
                    progress.parts().stream().map(GroundJson::of).toList());
        }
    }
}
