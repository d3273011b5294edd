package dev.laurel.admin;

import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.correction.AdminLog;
import dev.laurel.correction.Decision;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

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
        String what = "Dropped from " + caches + described(filter) + ": " + decision.reason();
        LOG.infof("%s (by %s)", what, decision.author());
        return log.recordForService("DROP_CACHE", what, filter.player(), decision.author())
                .onFailure()
                .invoke(failure -> LOG.warnf("This could not be recorded: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static String described(KeyFilter filter) {
        StringBuilder text = new StringBuilder();
        describe(text, "prefix", filter.prefix());
        describe(text, "player", filter.player());
        describe(text, "group", filter.group());
        return text.toString();
    }

    private static void describe(StringBuilder text, String name, String value) {
        if (value != null) {
            text.append(", ").append(name).append(' ').append(value);
        }
    }

    /** Records what is about to be done; fails when that is not possible. */
    public Uni<Void> record(String action, String what, Decision decision) {
        return log.recordForService(action, what + ": " + decision.reason(), null, decision.author());
    }

    /** The entries, newest first. */
    public Uni<PageResult<AdminLog.Entry>> page(PageRequest page) {
        return log.ofService(page);
    }
}
