package dev.laurel.feed;

import dev.laurel.feed.source.Feed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The followers of this program, by name. */
@ApplicationScoped
class FollowerRegistry {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Map<String, Follower<?>> followers = new TreeMap<>();

    FollowerRegistry(@Any Instance<Follower<?>> beans) {
        for (Follower<?> one : beans) {
            if (!NAME.matcher(one.name()).matches()) {
                throw new IllegalStateException("Invalid name for a follower: " + one.name());
            }
            if (followers.put(one.name(), one) != null) {
                throw new IllegalStateException("Two followers have the name " + one.name());
            }
        }
        followers.values().forEach(this::requireOther);
    }

    private void requireOther(Follower<?> one) {
        Follower<?> other = one.after() == null ? null : followers.get(one.after());
        if (one.after() != null && (other == null || other.feed() != one.feed() || one.feed() == Feed.CLOSINGS)) {
            throw new IllegalStateException("Follower " + one.name() + " cannot come after " + one.after());
        }
    }

    Collection<Follower<?>> all() {
        return followers.values();
    }

    List<Follower<?>> of(Feed<?> feed) {
        return followers.values().stream().filter(one -> one.feed() == feed).toList();
    }

    /** Those that come after a follower. */
    List<Follower<?>> after(String name) {
        return followers.values().stream()
                .filter(one -> name.equals(one.after()))
                .toList();
    }

    String[] names(Feed<?> feed) {
        return of(feed).stream().map(Follower::name).toArray(String[]::new);
    }

    /** Null for a follower that this program does not have. */
    Follower<?> get(String name) {
        return followers.get(name);
    }
}
