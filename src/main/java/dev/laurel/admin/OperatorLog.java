package dev.laurel.admin;

import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.cache.registry.KeyFilter.Criterion;
import dev.laurel.correction.AdminLog;
import dev.laurel.correction.Decision;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.stream.Collectors;

/** What operators have done to the service as a whole: entries of the administrators' log that name no board. */
@ApplicationScoped
public class OperatorLog {
    private static final Logger LOG = Logger.getLogger(OperatorLog.class);

    private final AdminLog log;

    OperatorLog(AdminLog log) {
        this.log = log;
    }

    /**
     * Records that cached values were dropped. Never fails: they can be dropped while PostgreSQL is unavailable, and the
     * entry is then in the process's own log alone.
     */
    public Uni<Void> dropped(String caches, KeyFilter filter, Decision decision) {
        String what = "Dropped from " + caches + described(filter);
        LOG.infof("%s", what);
        return log.recordForService("DROP_CACHE", what + ": " + decision.reason(), filter.player(), decision.author())
                .onFailure()
                .invoke(failure -> LOG.warnf("This could not be recorded: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** By what, without the values: a player is named where an erasure finds the name. */
    private static String described(KeyFilter filter) {
        return filter.fields().stream()
                .map(Criterion::word)
                .sorted()
                .map(word -> ", by " + word)
                .collect(Collectors.joining());
    }

    /** Records what is about to be done; fails when that is not possible. */
    public Uni<Void> record(String action, String what, Decision decision) {
        return log.recordForService(action, what + ": " + decision.reason(), null, decision.author());
    }

    /** Records what became of something that was recorded when it began. Never fails: it has happened. */
    public Uni<Void> ended(String action, String what, Decision decision) {
        return log.recordForService(action, "Ended: " + what, null, decision.author())
                .onFailure()
                .invoke(failure -> LOG.warnf("The end of this could not be recorded: %s", what))
                .onFailure()
                .recoverWithNull();
    }

    /** Records what has been done already. Never fails. */
    public Uni<Void> done(String action, String what, Decision decision) {
        return log.recordForService(action, what + ": " + decision.reason(), null, decision.author())
                .onFailure()
                .invoke(failure -> LOG.warnf("This could not be recorded: %s", what))
                .onFailure()
                .recoverWithNull();
    }

    /** The entries, newest first. */
    public Uni<PageResult<AdminLog.Entry>> page(PageRequest page) {
        return log.ofService(page);
    }
}
