package dev.laurel.standings.baseline;

import java.util.List;

/**
 * What a change of baselines did.
 *
 * @param previous the baselines before, of the players whose baseline has changed; empty ones of those who had none. To set
 *     them takes the change back
 */
public record BaselineChange(List<Baseline> previous) {
    public BaselineChange {
        previous = List.copyOf(previous);
    }
}
