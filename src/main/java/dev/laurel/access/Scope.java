package dev.laurel.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A part of what the service does, which a credential may be limited to. */
public enum Scope {
    /** Read boards, rankings, players, groups, challenges, achievements and analytics. */
    READ,

    /** Submit scores of any player; write players, groups and memberships. */
    WRITE,

    /** Submit scores of one player, on boards that allow it. */
    PLAYER,

    /** Upload files, follow their import and undo it. */
    IMPORT,

    /** Everything, definitions and administration included. */
    ADMIN;

    /** All scopes: what a caller has where nobody has to say who they are. */
    public static final Set<Scope> ALL = Set.of(values());

    /** As it is written in keys, tokens and messages: in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope that is written like this; empty when there is none. */
    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }

    /** How all of them are written. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Scope::text).toList();
    }

    /** Whether a caller with these scopes may do what needs this one. */
    public boolean isAmong(Set<Scope> held) {
        return held.contains(this) || held.contains(ADMIN) && this != PLAYER;
    }

    /** A set that iterates in the order of the scopes. */
    public static Set<Scope> ordered(Set<Scope> scopes) {
        Set<Scope> ordered = EnumSet.noneOf(Scope.class);
        ordered.addAll(scopes);
        return ordered;
    }
}
