package dev.laurel.imports.run;

import dev.laurel.imports.file.mapping.MappedRow.PlayerColumns;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.player.PlayerMerges;
import dev.laurel.player.PlayerMerges.Part;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What rows say of players, besides scores, becomes part of their records; before the scores do, and again if need be. */
@ApplicationScoped
class People {
    private final PlayerMerges merges;
    private final JobTable jobs;

    People(PlayerMerges merges, JobTable jobs) {
        this.merges = merges;
        this.jobs = jobs;
    }

    /** The same rows, of which some are refused, because what they say cannot be. */
    Uni<List<Line>> merge(Held held, Tenant tenant, List<Line> lines) {
        return judged(lines, parts -> jobs.requireLease(held).chain(() -> merges.merge(tenant, parts)));
    }

    /** As {@link #merge}, without any change. */
    Uni<List<Line>> check(Tenant tenant, List<Line> lines) {
        return judged(lines, parts -> merges.check(tenant, parts));
    }

    private static Uni<List<Line>> judged(
            List<Line> lines, Function<Map<String, Part>, Uni<Map<String, String>>> judge) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (Line line : lines) {
            if (!line.isRefused() && !line.player().isNone()) {
                parts.merge(line.playerId(), part(line.player()), People::later);
            }
        }
        return parts.isEmpty()
                ? Uni.createFrom().item(lines)
                : judge.apply(parts)
                        .map(refused -> refused.isEmpty()
                                ? lines
                                : lines.stream()
                                        .map(line -> judged(line, refused))
                                        .toList());
    }

    private static Line judged(Line line, Map<String, String> refused) {
        String reason = line.isRefused() || line.player().isNone() ? null : refused.get(line.playerId());
        return reason == null ? line : line.refused("username", reason);
    }

    private static Part part(PlayerColumns columns) {
        return new Part(columns.displayName(), columns.username(), columns.avatarUrl(), columns.attributes());
    }

    private static Part later(Part one, Part other) {
        Map<String, Object> attributes = new TreeMap<>(one.attributes());
        attributes.putAll(other.attributes());
        return new Part(
                other.displayName() == null ? one.displayName() : other.displayName(),
                other.username() == null ? one.username() : other.username(),
                other.avatarUrl() == null ? one.avatarUrl() : other.avatarUrl(),
                attributes);
    }
}
