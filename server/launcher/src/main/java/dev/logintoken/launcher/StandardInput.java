package dev.logintoken.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends the process when standard input ends. A pipe ends when its other side closes it or dies, however that happens. A
 * process id, in contrast, may soon belong to another process.
 */
final class StandardInput {

    private static final Logger LOG = Logger.getLogger(StandardInput.class.getName());

    private StandardInput() {}

    /** Starts a thread that reads standard input to its end, and then ends the process. */
    static void endProcessAtItsEnd() {
        Thread watcher = new Thread(StandardInput::await, "login-token-stdin");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void await() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.log(Level.FINE, "Standard input cannot be read: it counts as closed", e);
        }
        System.exit(0);
    }
}
