package dev.laurel.testing;

/** The power switch of the Redis the tested service reads from. */
public interface RedisSwitch {

    /** Takes Redis away from the service. */
    void off();

    /** Gives it back. */
    void on();

    /** The switch of the running test stores: a paused Redis takes connections and answers nothing. */
    static RedisSwitch ofTheTestStores() {
        RunningStores stores = EmbeddedStores.current();
        return new RedisSwitch() {
            @Override
            public void off() {
                stores.pauseRedis();
            }

            @Override
            public void on() {
                stores.resumeRedis();
            }
        };
    }
}
