package dev.logintoken.sandbox;

import java.nio.file.Path;

/** A program without JUnit that uses a sandbox until it is killed. */
final class Consumer {

    private Consumer() {}

    /** Starts a sandbox of the WAR that the argument names, and says where it is. */
    public static void main(String[] args) throws Exception {
        Sandbox sandbox = Sandbox.builder().war(Path.of(args[0])).build();
        System.out.println(sandbox.url() + " " + sandbox.process().handle().pid() + " "
                + sandbox.given("an API key").apiKey());
        Thread.sleep(Long.MAX_VALUE);
    }
}
