package dev.laurel.platform.embedded;

import java.nio.file.Path;
import java.util.EnumSet;

/** Starts stores in a process of its own, so that a test can kill the owner of stores. */
final class OwnerProgram {
    private OwnerProgram() {}

    public static void main(String... args) throws Exception {
        EmbeddedStores stores = new EmbeddedStores(Path.of(args[0]), EnumSet.allOf(Store.class)).start();
        Database.of(stores).write(args[1]);
        System.out.println(stores.pid(Store.POSTGRES) + " " + stores.pid(Store.REDIS));
        // Until the test that started it ends it.
        System.in.read();
    }
}
