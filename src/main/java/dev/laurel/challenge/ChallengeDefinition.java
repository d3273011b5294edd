package dev.laurel.challenge;

import dev.laurel.board.SortOrder;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Texts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the owner of a challenge decides.
 *
 * @param title shown to people, 1 to 80 characters
 * @param order by which of two measured values is better
 * @param board name of the board that the points go to
 * @param variants by name, 1 to {@link #MAX_VARIANTS}
 * @param tags words, at most {@link #MAX_TAGS}, each once
 */
public record ChallengeDefinition(
        String title,
        Measure measure,
        SortOrder order,
        String board,
        SortedMap<String, Variant> variants,
        List<String> tags) {
    /** Length of the longest title, in characters. */
    public static final int MAX_TITLE = 80;

    /** Maximum number of variants of one challenge. */
    public static final int MAX_VARIANTS = 50;

    /** Maximum number of tags of a challenge, or of a submission. */
    public static final int MAX_TAGS = 20;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** @throws InvalidInput naming every field that violates its rule */
    public ChallengeDefinition {
        List<FieldError> errors = new ArrayList<>();
        if (title == null || !isTitle(title)) {
            errors.add(new FieldError("title", "must be 1 to " + MAX_TITLE + " characters of text"));
        }
        if (board == null || !Ids.isValid(board)) {
            errors.add(new FieldError("board", board == null ? "is missing" : "must be the id of a board"));
        }
        if (variants == null || variants.isEmpty() || variants.size() > MAX_VARIANTS) {
            errors.add(new FieldError("variants", "must be 1 to " + MAX_VARIANTS));
        } else {
            variants.forEach((name, variant) -> check(name, variant, errors));
            variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
        }
        tags = tags("tags", tags, errors);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    /** The distinct tags in their order; those that violate the rule are added to the errors. */
    static List<String> tags(String field, List<String> given, List<FieldError> errors) {
        if (given.size() > MAX_TAGS || !given.stream().allMatch(Ids::isValid)) {
            errors.add(new FieldError(
                    field,
                    "must be at most " + MAX_TAGS
                            + " words of letters, digits and ._:@|~+- that begin with a letter or digit"));
        }
        return List.copyOf(new LinkedHashSet<>(given));
    }

    private static void check(String name, Variant variant, List<FieldError> errors) {
        String field = "variants." + name;
        if (!Ids.isValid(name)) {
            errors.add(new FieldError(
                    "variants",
                    "must have names of 1 to 128 letters, digits and ._:@|~+- that begin with a letter or digit"));
            return;
        }
        if (variant.points() < 0 || variant.points() > Variant.MAX_POINTS) {
            errors.add(new FieldError(field + ".points", "must be a whole number from 0 to " + Variant.MAX_POINTS));
        }
        if (!isStorable(variant.opensAt())) {
            errors.add(
                    new FieldError(field + ".opensAt", "must be in whole milliseconds within the years 1970 and 2200"));
        }
        if (!isStorable(variant.closesAt())) {
            errors.add(new FieldError(
                    field + ".closesAt", "must be in whole milliseconds within the years 1970 and 2200"));
        }
        if (variant.opensAt() != null
                && variant.closesAt() != null
                && !variant.closesAt().isAfter(variant.opensAt())) {
            errors.add(new FieldError(field + ".closesAt", "must be after opensAt"));
        }
    }

    private static boolean isStorable(Instant instant) {
        return instant == null
                || !instant.isBefore(Instant.EPOCH) && instant.isBefore(LATEST) && instant.getNano() % 1_000_000 == 0;
    }

    private static boolean isTitle(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= MAX_TITLE
                && Texts.isSound(text)
                && text.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Refuses a definition that differs in what a challenge with submissions keeps.
     *
     * @throws Conflict naming the differences
     */
    void requireFixed(String id, ChallengeDefinition changed) {
        List<String> fixed = new ArrayList<>();
        addIf(fixed, measure != changed.measure, "measure");
        addIf(fixed, order != changed.order, "order");
        addIf(fixed, !board.equals(changed.board), "board");
        if (!fixed.isEmpty()) {
            throw new Conflict("Challenge " + id + " has submissions, so it keeps its " + String.join(", ", fixed)
                    + "; create another challenge instead");
        }
    }

    private static void addIf(List<String> names, boolean wanted, String name) {
        if (wanted) {
            names.add(name);
        }
    }

    /** The variants of another definition that give other points than here. */
    Map<String, Integer> otherPoints(ChallengeDefinition changed) {
        Map<String, Integer> points = new TreeMap<>();
        changed.variants.forEach((name, variant) -> {
            Variant before = variants.get(name);
            if (before != null && before.points() != variant.points()) {
                points.put(name, variant.points());
            }
        });
        return points;
    }

    /** What the submissions to a challenge are compared by. */
    public enum Measure {
        /** The length of the content, in Unicode code points. */
        LENGTH(SortOrder.ASC),
        /** A score that comes with the submission. */
        SCORE(SortOrder.DESC);

        private final SortOrder usual;

        Measure(SortOrder usual) {
            this.usual = usual;
        }

        /** The order of a challenge that names none: the shortest, or the highest score, is the best. */
        public SortOrder usualOrder() {
            return usual;
        }
    }
}
