package dev.laurel.access;

import dev.laurel.platform.embedded.ServiceStores;
import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.lifecycle.StartRefused;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.util.List;

/** Decides at the start who may use the service, and says so once. */
@ApplicationScoped
class AccessStart {
    private static final Logger LOG = Logger.getLogger(AccessStart.class);

    private final AccessConfig config;
    private final AccessMode mode;
    private final List<CallerSource> sources;
    private final String host;
    private final boolean listens;

    AccessStart(
            AccessConfig config,
            AccessMode mode,
            @All List<CallerSource> sources,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.host-enabled") boolean listens) {
        this.config = config;
        this.mode = mode;
        this.sources = sources;
        this.host = host;
        this.listens = listens;
    }

    // Blocks the main thread before any request is accepted.
    void decide(@Observes @Priority(StartOrder.ACCESS) StartupEvent event) {
        if (!listens) {
            // A run that migrates, or makes a key.
            return;
        }
        boolean loopback = Loopback.isName(host);
        // Nothing is asked where the answer does not matter.
        boolean usable = !config.open().orElse(false) && MainThread.await(this::isUsable);
        switch (StartRule.decide(config.open(), loopback, ServiceStores.embedded(), usable)) {
            case REFUSED -> throw StartRefused.because(refusal());
            case CLOSED -> mode.open(false);
            case OPEN -> {
                mode.open(true);
                announce(loopback);
            }
        }
    }

    /** Whether there is a credential of any kind. */
    private Uni<Boolean> isUsable() {
        return Multi.createFrom()
                .iterable(sources)
                .onItem()
                .transformToUniAndConcatenate(CallerSource::isConfigured)
                .filter(configured -> configured)
                .toUni()
                .map(found -> found != null);
    }

    private String refusal() {
        String command = ServiceStores.canEmbed() ? "java -jar quarkus-run.jar" : "laurel";
        return """
                The service does not start: it would listen on %s, and there is neither an API key nor an issuer of tokens. Make the first key with
                  %s keys create --admin --direct
                which writes it into PostgreSQL with the same settings as this service, and prints it once. In a container, run the same image with
                the arguments "keys create --admin --direct". To let anyone who can connect read and change everything, set
                LAUREL_ACCESS_OPEN=true.""".formatted(host, command);
    }

    private static void announce(boolean loopback) {
        if (loopback) {
            LOG.info("The service is open: anyone on this machine may use it without a key, see docs/security.md.");
        } else {
            LOG.warn("The service is open: anyone who can connect may read and change everything, without a key.");
        }
    }
}
