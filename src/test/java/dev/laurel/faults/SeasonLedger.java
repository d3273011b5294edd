package dev.laurel.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The events of a board with seasons, held against the journal, and the rankings that follow from them. */
final class SeasonLedger {
    private final SeasonTrial trial;
    private final Map<String, WindowScores> windows = new HashMap<>();
    private final Set<String> withAcknowledged = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();

    private SeasonLedger(SeasonTrial trial) {
        this.trial = trial;
    }

    static SeasonLedger read(SeasonTrial trial, SeasonRows rows) {
        SeasonLedger ledger = new SeasonLedger(trial);
        Map<String, SeasonEvent> journal = new HashMap<>();
        trial.events().forEach(event -> journal.put(event.id, event));
        Set<String> found = new HashSet<>();
        for (SeasonRows.Counted row : rows.events()) {
            SeasonEvent event = journal.get(row.id());
            if (event == null) {
                ledger.complaints.add("never sent: " + row);
            } else if (!found.add(row.id())) {
                ledger.complaints.add("twice: " + event);
            } else {
                ledger.take(event, row);
            }
        }
        trial.events().stream()
                .filter(event -> event.acknowledged && !found.contains(event.id))
                .forEach(event -> ledger.complaints.add("lost: " + event));
        return ledger;
    }

    /** Everything in which ledger and journal differ. */
    List<String> complaints() {
        return complaints;
    }

    /** By window: the scores of those who have some there. */
    Map<String, WindowScores> windows() {
        return windows;
    }

    /** The windows in which an acknowledged event counted, by its receipt. */
    Set<String> windowsAcknowledged() {
        return withAcknowledged;
    }

    private void take(SeasonEvent event, SeasonRows.Counted row) {
        if (event.player != row.player() || event.score != row.score()) {
            complaints.add("sent with other content: " + event + ", found " + row);
        }
        if (event.occurredAt != null && event.occurredAt != row.occurredAt()) {
            complaints.add("counted at " + row.occurredAt() + ": " + event);
        }
        if (!event.acknowledged && !event.unsure) {
            complaints.add("refused, and counted: " + event);
        }
        String window = trial.windowAt(row.occurredAt());
        if (event.acknowledged && !event.window.equals(window)) {
            complaints.add("occurred in " + window + ", but " + event);
        }
        if (event.acknowledged && !window.isEmpty()) {
            withAcknowledged.add(window);
        }
        if (!window.isEmpty()) {
            windows.computeIfAbsent(window, none -> new WindowScores(SeasonTrial.PLAYERS))
                    .count(false, row.player(), row.score(), row.occurredAt());
        }
    }
}
