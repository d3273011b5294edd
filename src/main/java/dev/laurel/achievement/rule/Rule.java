package dev.laurel.achievement.rule;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a player has to reach: one condition, or several combined. */
public sealed interface Rule permits Condition, Rule.Combined {
    /** Maximum number of conditions of a rule. */
    int MAX_CONDITIONS = 10;

    /** How deep rules may lie in each other. */
    int MAX_DEPTH = 3;

    /** All conditions, from left to right. */
    Stream<Condition> conditions();

    /**
     * The instant at which the rule came to hold.
     *
     * @param reached the instant at which each condition did, in milliseconds; null for one that does not hold
     * @return null when the rule does not hold
     */
    Long reached(Function<Condition, Long> reached);

    /** The rule with each condition replaced. */
    Rule map(Function<Condition, Condition> change);

    /** Several rules, of which all or any have to hold. */
    record Combined(Kind kind, List<Rule> parts) implements Rule {
        public Combined {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<Condition> conditions() {
            return parts.stream().flatMap(Rule::conditions);
        }

        /** All hold once the last one does, any as soon as the first one does. */
        @Override
        public Long reached(Function<Condition, Long> reached) {
            List<Long> instants = parts.stream()
                    .map(part -> part.reached(reached))
                    .filter(Objects::nonNull)
                    .toList();
            if (kind == Kind.ALL) {
                return instants.size() < parts.size()
                        ? null
                        : instants.stream().max(Long::compare).orElse(null);
            }
            return instants.stream().min(Long::compare).orElse(null);
        }

        @Override
        public Rule map(Function<Condition, Condition> change) {
            return new Combined(
                    kind, parts.stream().map(part -> part.map(change)).toList());
        }

        /** How the parts are combined. */
        public enum Kind {
            ALL,
            ANY
        }
    }
}
