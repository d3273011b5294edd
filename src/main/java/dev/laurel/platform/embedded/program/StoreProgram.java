package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.nio.file.Path;

/** One store as a program: how it is prepared, launched, asked whether it serves, and asked to stop. */
public interface StoreProgram {
    /** The name for people. */
    String name();

    /** The file name of the program that runs. */
    String executable();

    /** The folder the program works in, as a real path. */
    Path folder();

    /** The file whose first line is the id of the running process. */
    Path pidFile();

    Path log();

    /** Does what the first start needs, and ends or clears away what a killed run left. */
    void prepare() throws IOException;

    Process launch(int port) throws IOException;

    /** Whether clients are served on this port. */
    boolean ready(int port);

    /** Asks for a proper stop without waiting for it. */
    void askToStop(ProcessHandle process);
}
