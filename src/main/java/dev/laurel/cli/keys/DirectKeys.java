package dev.laurel.cli.keys;

import java.util.List;

/** Makes a key without a running service. */
public interface DirectKeys {
    /** The exit code. */
    int make(Order order);

    /**
     * What is to be made.
     *
     * @param scopes as they are written
     * @param boards none for all
     * @param key that is to be registered; null to have one made and printed
     */
    record Order(String name, List<String> scopes, List<String> boards, String key) {
        @Override
        public String toString() {
            return "Order[" + name + "]";
        }
    }
}
