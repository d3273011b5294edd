package dev.laurel.platform.embedded.program;

import dev.laurel.platform.embedded.Database;
import dev.laurel.platform.embedded.EmbeddedStores;
import dev.laurel.platform.embedded.Store;

import java.nio.file.Path;
import java.util.EnumSet;

/** Starts stores in a process of its own, so that a test can kill the owner of stores. */
public final class OwnerProgram {
    private OwnerProgram() {}

    public static void main(String... args) throws Exception {
        EmbeddedStores stores = new EmbeddedStores(Path.of(args[0]), EnumSet.allOf(Store.class)).start();
        Database.of(stores).write(args[1]);
        System.out.println(stores.pid(Store.POSTGRES) + " " + stores.pid(Store.REDIS));
        // Until the test that started it ends it.
        System.in.read();
    }
}
