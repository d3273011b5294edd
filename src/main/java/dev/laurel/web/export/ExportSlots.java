package dev.laurel.web.export;

import dev.laurel.access.Caller;
import dev.laurel.access.tenant.Places;
import dev.laurel.access.tenant.SharedPlaces;
import dev.laurel.access.tenant.Shares;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.RateLimited;
import dev.laurel.shared.LaurelException.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;

/**
 * Bounds the resources used by exports: a limited number run at once, one of them reads a piece at a time, and for
 * three quarters of the time none does. A reader that takes nothing for too long is disconnected, since a slot is held
 * for as long as an export lasts.
 */
@Startup // so that the gauge is there before the first export
@ApplicationScoped
public class ExportSlots {
    private static final Logger LOG = Logger.getLogger(ExportSlots.class);

    /** The pause after reading a piece, as a multiple of the time it took. */
    private static final int RESTS = 3;

    /** Of public boards, for requests without a credential: anybody could keep more of them busy. */
    private static final int ANONYMOUS = 1;

    private static final String REFUSAL = "Too many exports are running";

    private final Duration stalledAfter;
    private final Bulkhead pieces;
    private final Places places;
    private final Places placesOfAnybody;

    ExportSlots(ExportConfig config, MeterRegistry meters, Shares shares) {
        int slots = config.concurrent();
        this.places = new Places(SharedPlaces.EXPORTS, slots, shares, REFUSAL);
        this.placesOfAnybody = new Places(SharedPlaces.EXPORTS, ANONYMOUS, shares, REFUSAL);
        this.stalledAfter = config.stalledAfter();
        this.pieces = Bulkhead.resting(1, slots + ANONYMOUS, "Too many rankings are being exported", RESTS);
        meters.gauge(Meters.EXPORTS, this, ExportSlots::taken);
    }

    /** The number of running exports. */
    public int taken() {
        return places.taken() + placesOfAnybody.taken();
    }

    /**
     * A slot for the answer to a request; it is given back when what {@link Slot#begin} answers has ended in any way.
     *
     * @throws Unavailable when all are taken
     * @throws RateLimited when the tenant has its share of them
     */
    public Slot take(RoutingContext request) {
        return new Slot(request, places.take(CurrentTenant.get()));
    }

    /** The same for a caller that may have no credential. Those have one slot of their own, and so keep nobody else from an export. */
    public Slot take(RoutingContext request, Caller caller) {
        return caller.kind() == Caller.Kind.ANONYMOUS
                ? new Slot(request, placesOfAnybody.take(caller.tenant()))
                : new Slot(request, places.take(caller.tenant()));
    }

    /** One export. Called only on the event loop of its connection. */
    public final class Slot {
        private static final long NO_TIMER = -1;

        private final RoutingContext request;
        private final Places.Place place;
        private long timer = NO_TIMER;

        private Slot(RoutingContext request, Places.Place place) {
            this.request = request;
            this.place = place;
        }

        /** Reads a piece and prepares it for sending when it is this export's turn. */
        public <T> Uni<T> turn(Uni<T> piece) {
            return pieces.run(piece);
        }

        /**
         * The pieces, each to be taken in time: the next one is asked for when the socket has taken the one before. When
         * one cannot be read, the connection is closed, since the status has been sent by then.
         *
         * @param begun the first piece, which has to be read first
         */
        public <T> Uni<Multi<T>> begin(Uni<Multi<T>> begun) {
            return begun.onFailure()
                    .invoke(this::release)
                    .onCancellation()
                    .invoke(this::release)
                    // A client that has hung up meanwhile asks for nothing, and ends nothing.
                    .invoke(this::awaitReader)
                    .map(this::watch);
        }

        private <T> Multi<T> watch(Multi<T> read) {
            return read.onItem()
                    .invoke(piece -> awaitReader())
                    .onRequest()
                    .invoke(this::readerIsThere)
                    .onFailure(LaurelException.class)
                    .recoverWithMulti(this::breakOff)
                    .onTermination()
                    .invoke(this::release);
        }

        /** Never ends by itself: the end of the connection ends it, and so nothing looks like the end of a ranking. */
        private <T> Multi<T> breakOff(Throwable failure) {
            LOG.warnf("An export has been broken off: %s", failure.getMessage());
            request.request().connection().close();
            return Multi.createFrom().nothing();
        }

        private void awaitReader() {
            readerIsThere();
            timer = request.vertx().setTimer(stalledAfter.toMillis(), expired -> hangUp());
        }

        private void readerIsThere() {
            if (timer != NO_TIMER) {
                request.vertx().cancelTimer(timer);
                timer = NO_TIMER;
            }
        }

        private void hangUp() {
            LOG.debugf("An export was not read for %s and was ended", stalledAfter);
            release();
            request.request().connection().close();
        }

        private void release() {
            readerIsThere();
            place.leave();
        }
    }
}
