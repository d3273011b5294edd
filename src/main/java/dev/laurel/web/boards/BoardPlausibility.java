package dev.laurel.web.boards;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.rules.PlausibilityRules;
import dev.laurel.shared.Score;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.Set;

/** What a board believes, as clients write and read it. */
@Schema(name = "BoardPlausibility")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BoardPlausibility(
        @Schema(description = "Smallest score that counts at once; not below the board's minScore")
        NumberText minScore,

        @Schema(description = "Largest score that counts at once; not above the board's maxScore", examples = "500")
        NumberText maxScore,

        @Schema(description = "How far one submission may move a standing, measured as the board's maxStep is")
        NumberText maxStep,

        @Schema(
                description = "Events of a player that count in one minute, by the instants at which they occurred",
                minimum = "1",
                maximum = "1000000",
                examples = "30")
        Integer maxEventsPerMinute,

        @Schema(
                description = "How far from 0 the sum of a player's scores may be in one day of the board",
                examples = "2000")
        NumberText maxSumPerDay) {
    /** The rules as a client would write them; null where there are none. */
    static BoardPlausibility of(PlausibilityRules rules, int scale) {
        return rules.isNone()
                ? null
                : new BoardPlausibility(
                        text(rules.minScore(), scale),
                        text(rules.maxScore(), scale),
                        text(rules.maxStep(), scale),
                        rules.maxEventsPerMinute(),
                        text(rules.maxSumPerDay(), scale));
    }

    /** These rules, changed as a merge patch says. */
    static BoardPlausibility merged(BoardPlausibility now, BoardPlausibility wanted, Set<String> named) {
        if (wanted == null || now == null) {
            return wanted;
        }
        return new BoardPlausibility(
                named.contains("plausibility.minScore") ? wanted.minScore : now.minScore,
                named.contains("plausibility.maxScore") ? wanted.maxScore : now.maxScore,
                named.contains("plausibility.maxStep") ? wanted.maxStep : now.maxStep,
                named.contains("plausibility.maxEventsPerMinute") ? wanted.maxEventsPerMinute : now.maxEventsPerMinute,
                named.contains("plausibility.maxSumPerDay") ? wanted.maxSumPerDay : now.maxSumPerDay);
    }

    PlausibilityRules rules(int scale) {
        return new PlausibilityRules(
                units("minScore", minScore, scale),
                units("maxScore", maxScore, scale),
                units("maxStep", maxStep, scale),
                maxEventsPerMinute,
                units("maxSumPerDay", maxSumPerDay, scale));
    }

    private static Long units(String field, NumberText number, int scale) {
        return number == null ? null : Score.parse("plausibility." + field, number.text(), scale);
    }

    private static NumberText text(Long units, int scale) {
        return units == null ? null : BoardRequest.number(units, scale);
    }
}
