package dev.laurel.testing;

import java.util.Optional;

/** The power switch of the Redis the tested service reads from. */
public interface RedisSwitch {

    /** Takes Redis away from the service. */
    void off();

    /** Gives it back. */
    void on();

    /** The switch of the running test stores, where they have one. */
    static Optional<RedisSwitch> ofTheTestStores() {
        return Optional.empty();
    }
}
