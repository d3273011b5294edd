package dev.laurel.standings.write;

import dev.laurel.shared.Activity;

/**
 * The activities of a batch of events, as the arrays that {@code apply_scores} takes. All are null while no event has one:
 * a batch without activities costs what it cost before there were any.
 */
final class BatchActivities {
    private final int size;
    private String[] names;
    private String[] tags;
    private Short[] outcomes;
    private Long[] durations;

    BatchActivities(int size) {
        this.size = size;
    }

    void add(int i, Activity activity) {
        if (activity.isNone()) {
            return;
        }
        if (names == null) {
            names = new String[size];
            tags = new String[size];
            outcomes = new Short[size];
            durations = new Long[size];
        }
        names[i] = activity.name();
        // An array of arrays has to be rectangular, so each is a literal. Quoted, since a tag may be named null; no tag
        // contains a quotation mark.
        tags[i] = activity.tags().isEmpty() ? null : "{\"" + String.join("\",\"", activity.tags()) + "\"}";
        outcomes[i] = activity.outcome() == null ? null : activity.outcome().code();
        durations[i] = activity.durationMs();
    }

    String[] names() {
        return names;
    }

    String[] tags() {
        return tags;
    }

    Short[] outcomes() {
        return outcomes;
    }

    Long[] durations() {
        return durations;
    }
}
