package dev.logintoken.server.testrun;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.Database.Mode;
import org.h2.jdbcx.JdbcDataSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

/** Databases in memory, one for each test run. The first is migrated. The others copy its tables, which is faster. */
public final class MemoryDatabases {

    private final Duration statement;
    private final List<String> tables;

    /**
     * Reads the tables, but creates no database yet. A sandbox does so at its start: {@code java -jar} has the migrations
     * only then.
     *
     * @param statement how long a statement may take
     */
    public MemoryDatabases(Duration statement) {
        this.statement = statement;
        DataSource template = memory();
        Database.open(template, Mode.SANDBOX, statement);
        this.tables = Database.on(template)
                .query(handle ->
                        handle.createQuery("script").mapTo(String.class).list());
        drop(template);
    }

    /** Returns a new database, which exists until it is {@link #drop dropped}. */
    DataSource create() {
        DataSource memory = memory();
        Database.on(memory).query(handle -> {
            tables.forEach(handle::execute);
            return true;
        });
        return memory;
    }

    /** Opens a database that was created here. */
    Database open(DataSource created) {
        return Database.attach(created, Mode.SANDBOX, statement);
    }

    /** Forgets a database, also while somebody uses it. */
    static void drop(DataSource created) {
        try (Connection connection = created.getConnection();
                Statement shutdown = connection.createStatement()) {
            shutdown.execute("shutdown");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSource memory() {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return memory;
    }
}
