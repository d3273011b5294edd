package dev.laurel.imports.file.mapping;

import dev.laurel.imports.file.mapping.Target.Kind;
import dev.laurel.player.Attributes;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Guesses from its name what a column means, for those of which nobody has said it. */
final class MappingGuess {
    private final List<String> words;
    private final List<String> headers;
    private final ImportMode mode;
    private final BoardColumns board;
    private final Target[] targets;
    private final Set<Target> taken = new HashSet<>();

    /** @param targets of the columns; null for those to guess, which are filled in */
    MappingGuess(List<String> headers, Target[] targets, ImportMode mode, BoardColumns board) {
        this.headers = headers;
        this.words = headers.stream().map(HeaderWords::plain).toList();
        this.targets = targets;
        this.mode = mode;
        this.board = board;
        for (Target target : targets) {
            if (target != null) {
                taken.add(target);
            }
        }
    }

    /** The surest guesses first: a meaning that has been given away is not given again. */
    void fill() {
        each(this::written);
        each(this::metric);
        if (mode == ImportMode.STANDINGS) {
            each(this::period);
        }
        player(HeaderWords.PLAYER_IDS);
        each(i -> fixed(i, words.get(i)));
        player(HeaderWords.PLAYERS);
        nameAsPlayer();
        each(this::nameBesidesId);
        first(HeaderWords.SCORES, new Target(Kind.METRIC, board.metrics().get(0)));
        each(this::attribute);
    }

    private interface Guess {
        Target of(int column);
    }

    private void each(Guess guess) {
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] == null) {
                take(i, guess.of(i));
            }
        }
    }

    private void take(int column, Target target) {
        if (target != null && (target.kind().isRepeatable() || taken.add(target))) {
            targets[column] = target;
        }
    }

    /** The header is written as in a mapping, as exports do where two columns would have the same name. */
    private Target written(int column) {
        String header = headers.get(column);
        return header.indexOf(':') > 0 ? Target.find(header, board) : null;
    }

    private Target metric(int column) {
        return board.metrics().stream()
                .filter(metric -> HeaderWords.plain(metric).equals(words.get(column)))
                .map(metric -> new Target(Kind.METRIC, metric))
                .findFirst()
                .orElse(null);
    }

    private Target period(int column) {
        String period = HeaderWords.period(words.get(column));
        return period == null ? null : Target.find(Kind.PERIOD.word() + ":" + period, board);
    }

    private Target fixed(int column, String word) {
        Kind kind = HeaderWords.fixed(word, mode);
        if (kind != null) {
            return Target.of(kind);
        }
        return HeaderWords.DERIVED.contains(word) || headers.get(column).isEmpty() ? Target.IGNORED : null;
    }

    private void player(List<String> names) {
        first(names, Target.of(Kind.PLAYER));
    }

    /** Gives a meaning to the first name of a list that a column has. */
    private void first(List<String> names, Target target) {
        names.stream()
                .map(words::indexOf)
                .filter(i -> i >= 0 && targets[i] == null)
                .findFirst()
                .filter(i -> !taken.contains(target))
                .ifPresent(i -> take(i, target));
    }

    /** Where there are no ids, names are what tells players apart. */
    private void nameAsPlayer() {
        Target player = Target.of(Kind.PLAYER);
        Target name = Target.of(Kind.DISPLAY_NAME);
        for (int i = 0; i < targets.length && !taken.contains(player); i++) {
            if (Objects.equals(targets[i], name) && !words.get(i).isEmpty()) {
                targets[i] = player;
                taken.remove(name);
                taken.add(player);
            }
        }
    }

    private Target nameBesidesId(int column) {
        return HeaderWords.PLAYERS.contains(words.get(column)) ? Target.of(Kind.DISPLAY_NAME) : null;
    }

    private Target attribute(int column) {
        String name = HeaderWords.attribute(headers.get(column));
        long attributes =
                taken.stream().filter(target -> target.kind() == Kind.ATTRIBUTE).count();
        Target target =
                name == null || attributes >= Attributes.MAX ? Target.IGNORED : new Target(Kind.ATTRIBUTE, name);
        return taken.contains(target) ? Target.IGNORED : target;
    }
}
