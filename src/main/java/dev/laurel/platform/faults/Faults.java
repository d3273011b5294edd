package dev.laurel.platform.faults;

import dev.laurel.shared.LaurelException;

import java.util.function.Consumer;

/**
 * Where code that has caught a failure tells of it, next to the log. What a store's absence or a client causes is no fault,
 * and ignored. Returns at once, whatever becomes of the report.
 */
public final class Faults {
    private static final Consumer<Fault> NOBODY = fault -> {};

    private static volatile Consumer<Fault> receiver = NOBODY;

    private Faults() {}

    /** A request was answered with 500. */
    public static void inRequest(String method, String pathTemplate, Throwable failure) {
        tell(new Fault(Fault.Kind.REQUEST, method + " " + pathTemplate, failure));
    }

    /** A background job, or one of its steps, has failed. */
    public static void inJob(String job, Throwable failure) {
        tell(new Fault(Fault.Kind.JOB, job, failure));
    }

    private static void tell(Fault fault) {
        if (!(fault.failure() instanceof LaurelException)) {
            receiver.accept(fault);
        }
    }

    static void receive(Consumer<Fault> by) {
        receiver = by;
    }

    static void receiveNoMore() {
        receiver = NOBODY;
    }
}
