package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** One store as a program: how to prepare it, launch it, check that it is ready, and stop it. */
public interface StoreProgram {
    /** The display name. */
    String name();

    /** The file names under which the process of this store, or of a run before this one, may appear. */
    Set<String> executables();

    /** The folder the program works in, as a real path. */
    Path folder();

    /** The file whose first line is the id of the running process. */
    Path pidFile();

    Path log();

    /** Does what the first start needs, and ends or cleans up what a killed run left behind. */
    void prepare() throws IOException;

    Process launch(int port) throws IOException;

    /** Whether the store serves clients on this port. */
    boolean ready(int port);

    /** Requests an orderly stop without waiting for it. */
    void askToStop(ProcessHandle process);
}
