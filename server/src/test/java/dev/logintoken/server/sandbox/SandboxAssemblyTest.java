package dev.logintoken.server.sandbox;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.StoredDirectory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.RepeatedTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

final class SandboxAssemblyTest {

    private static final int COPIES = 4;
    private static final Duration STATEMENT = Duration.ofSeconds(5);

    /** Two copies in one container do this: the container's threads deploy them in parallel. */
    @RepeatedTest(10)
    void sandboxesThatStartTogetherOnOneDatabaseAllStart() throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Database.open(dataSource, Database.Mode.SANDBOX, STATEMENT);
        ExecutorService threads = Executors.newFixedThreadPool(COPIES);
        CountDownLatch ready = new CountDownLatch(COPIES);
        try {
            List<Future<SandboxAssembly>> copies = new ArrayList<>();
            for (int i = 0; i < COPIES; i++) {
                copies.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return SandboxAssembly.open(
                            dataSource,
                            RowCache.off(),
                            opened -> Database.open(opened, Database.Mode.SANDBOX, STATEMENT));
                }));
            }
            for (Future<SandboxAssembly> copy : copies) {
                assertThat(new StoredDirectory(copy.get().database(), RowCache.off()).user(TestSandbox.ACTIVE_USER))
                        .isPresent();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
