package dev.laurel.score;

import dev.laurel.shared.LaurelException;

/**
 * What became of one event of many: a receipt, or the reason why it was refused.
 *
 * @param receipt null when refused
 * @param refusal null when accepted
 */
public record ItemResult(Receipt receipt, LaurelException refusal) {
    static ItemResult accepted(Receipt receipt) {
        return new ItemResult(receipt, null);
    }

    static ItemResult refused(LaurelException refusal) {
        return new ItemResult(null, refusal);
    }
}
