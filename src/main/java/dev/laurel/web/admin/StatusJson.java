package dev.laurel.web.admin;

import dev.laurel.admin.CacheHealth;
import dev.laurel.admin.ServiceStatus.Status;
import dev.laurel.standings.admin.StandingsStatus;
import dev.laurel.standings.audit.AuditSummary;
import dev.laurel.standings.load.RepairFigures;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The state of the service. */
@Schema(name = "ServiceStatus")
public record StatusJson(
        @Schema(
                enumeration = {"OK", "DEGRADED"},
                description = "DEGRADED while a store is unavailable")
        String status,

        StoresJson stores,

        @Schema(description = "The caches of this process since its start; GET /api/v1/admin/caches shows each")
        CachesJson caches,

        @Schema(nullable = true, description = "Null while PostgreSQL is unavailable")
        WindowsJson windows,

        @Schema(description = "Events waiting to be written by this process")
        long eventsWaiting,

        @Schema(description = "Problems this process has found and repaired since its start")
        RepairsJson repairs,

        @Schema(nullable = true, description = "The audit across all processes; null while PostgreSQL is unavailable")
        AuditStateJson audit,

        @Schema(nullable = true, description = "Null while PostgreSQL is unavailable")
        List<FollowerJson.StateJson> followers) {
    static StatusJson of(Status status, CacheHealth.Report caches) {
        return new StatusJson(
                status.healthy() ? "OK" : "DEGRADED",
                StoresJson.of(status),
                CachesJson.of(caches),
                status.windows() == null ? null : WindowsJson.of(status.windows()),
                status.waiting(),
                RepairsJson.of(status.repairs()),
                status.audits() == null ? null : AuditStateJson.of(status.audits(), status.at()),
                status.followers() == null
                        ? null
                        : status.followers().stream()
                                .map(FollowerJson.StateJson::of)
                                .toList());
    }

    /** All caches of one process. */
    @Schema(name = "CachesState")
    public record CachesJson(
            @Schema(nullable = true, description = "Share of lookups that were hits; null before the first lookup")
            Double hitRate,

            long entries,

            @Schema(description = "Estimated memory") long bytes,

            @Schema(description = "Names of caches with a lower hit rate than laurel.cache-health.expected-hit-rate")
            List<String> belowExpected) {
        static CachesJson of(CacheHealth.Report report) {
            return new CachesJson(report.lookups().hitRate(), report.entries(), report.bytes(), report.below());
        }
    }

    /** Both stores. */
    @Schema(name = "Stores")
    public record StoresJson(PostgresJson postgres, RedisJson redis) {
        static StoresJson of(Status status) {
            return new StoresJson(
                    new PostgresJson(
                            status.postgres().healthy(),
                            status.postgres().version(),
                            status.postgres().databaseBytes()),
                    new RedisJson(
                            status.redis().healthy(),
                            status.redis().version(),
                            status.redis().usedMemoryBytes(),
                            status.redis().life()));
        }
    }

    /** The state reported by PostgreSQL. */
    @Schema(name = "PostgresState")
    public record PostgresJson(
            boolean healthy,
            @Schema(nullable = true) String version,
            @Schema(nullable = true) Long databaseBytes) {}

    /** The state reported by Redis. */
    @Schema(name = "RedisState")
    public record RedisJson(
            boolean healthy,
            @Schema(nullable = true) String version,
            @Schema(nullable = true) Long usedMemoryBytes,

            @Schema(
                    nullable = true,
                    description =
                            "run_id of the process, or of each master; windows loaded under another one are not read")
            String life) {}

    /** The open windows of all boards. */
    @Schema(name = "WindowsState")
    public record WindowsJson(
            long open,

            @Schema(description = "How many of them were checked in Redis, most recently opened first; 1,000 at most")
            long checked,

            @Schema(
                    nullable = true,
                    description = "How many of these are complete in Redis; null while it is unavailable")
            Long loaded,

            @Schema(description = "Marked as stale: not read from Redis until they are loaded again")
            long stale,

            @Schema(description = "About to be loaded again by this process")
            int staleHere) {
        static WindowsJson of(StandingsStatus.Windows windows) {
            return new WindowsJson(
                    windows.open(), windows.checked(), windows.loaded(), windows.stale(), windows.staleHere());
        }
    }

    /** Repairs by one process. */
    @Schema(name = "Repairs")
    public record RepairsJson(
            CrashesJson crashes,
            RebuildsJson rebuilds,

            @Schema(description = "How often a window was found incomplete in Redis")
            long windowsMarkedStale,

            AuditedJson audit) {
        static RepairsJson of(RepairFigures figures) {
            RepairFigures.Crashes crashes = figures.crashes();
            RepairFigures.Rebuilds rebuilds = figures.rebuilds();
            RepairFigures.Audited audited = figures.audited();
            return new RepairsJson(
                    new CrashesJson(crashes.found(), crashes.standings(), crashes.last()),
                    new RebuildsJson(
                            rebuilds.done(),
                            rebuilds.failed(),
                            rebuilds.standings(),
                            rebuilds.took().toMillis(),
                            rebuilds.last()),
                    figures.windowsMarkedStale(),
                    new AuditedJson(
                            audited.compared(),
                            audited.different(),
                            audited.repaired(),
                            audited.rested(),
                            audited.walked(),
                            audited.lastDifference()));
        }
    }

    /** Processes that ended without signing off, and the standings copied to Redis on their account. */
    @Schema(name = "CrashRepairs")
    public record CrashesJson(
            long found,
            long standings,
            @Schema(nullable = true) Instant last) {}

    /** Windows reloaded, for any reason. */
    @Schema(name = "Rebuilds")
    public record RebuildsJson(
            long done,
            long failed,
            long standings,
            long tookMs,
            @Schema(nullable = true) Instant last) {}

    /** Rows compared by the audit. */
    @Schema(name = "AuditFigures")
    public record AuditedJson(
            long rowsCompared,
            long rowsDifferent,
            long rowsRepaired,

            @Schema(description = "How often a window was not compared, because nothing had changed in it")
            long windowsRested,

            @Schema(description = "How often all of a window was compared")
            long windowsCompared,

            @Schema(nullable = true) Instant lastDifference) {}

    /** The audit over all processes. */
    @Schema(name = "AuditState")
    public record AuditStateJson(
            @Schema(description = "Open windows that have been compared")
            long windows,

            @Schema(nullable = true, description = "When the window that was looked at least recently was looked at")
            Instant oldest,

            @Schema(nullable = true, description = "When a window was last looked at")
            Instant newest,

            @Schema(
                    nullable = true,
                    description =
                            "When the window that waits longest for it was last compared completely; null without any")
            Instant oldestComplete,

            @Schema(description = "Windows with a difference that has not been repaired yet")
            long windowsDiffering,

            @Schema(nullable = true, description = "Since the oldest of these differences was found; null without any")
            Long oldestDifferenceSeconds,

            @Schema(nullable = true, description = "When a run last failed")
            Instant lastFailure) {
        static AuditStateJson of(AuditSummary summary, Instant now) {
            Instant since = summary.differsSince();
            return new AuditStateJson(
                    summary.windows(),
                    summary.oldest(),
                    summary.newest(),
                    summary.walked(),
                    summary.differing(),
                    since == null
                            ? null
                            : Math.max(0, Duration.between(since, now).toSeconds()),
                    summary.lastFailure());
        }
    }
}
