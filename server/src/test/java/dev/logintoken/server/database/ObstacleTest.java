package dev.logintoken.server.database;

import dev.logintoken.server.database.Obstacle.Place;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What an administrator of PostgreSQL reads when a schema cannot be migrated. */
final class ObstacleTest {

    @Test
    void anEmptySchemaAndOneOfOursAreNoObstacle() {
        assertThat(Obstacle.ofPostgresql(place(true, false, false, false))).isEmpty();
        assertThat(Obstacle.ofPostgresql(place(true, true, true, true))).isEmpty();
    }

    @Test
    void theTablesOfAnotherApplicationAreAnObstacle() {
        assertThat(Obstacle.ofPostgresql(place(true, false, false, true))).contains(Obstacle.FOREIGN);
    }

    @Test
    void aRoleThatMayUseNoSchemaIsToldTheSearchPath() {
        Place place = new Place("poor", Optional.empty(), "a, b", true, false, false, false);
        assertThat(Obstacle.ofPostgresql(place).orElseThrow())
                .startsWith("the role poor may use no schema of the search path a, b: grant usage and create");
    }

    @Test
    void aRoleThatMayNotReadOurTablesIsToldTheGrant() {
        assertThat(Obstacle.ofPostgresql(place(true, true, false, true)).orElseThrow())
                .startsWith("the role poor has no right to select on " + Schema.HISTORY + ": ")
                .endsWith("grant select, insert, update, delete on all tables in schema tokens to poor");
    }

    @Test
    void aRoleThatMayNotMakeTablesIsToldTheGrant() {
        assertThat(Obstacle.ofPostgresql(place(false, false, false, false)).orElseThrow())
                .isEqualTo("the role poor may not create tables in schema tokens: make poor the owner of the database,"
                        + " or grant create on schema tokens to poor");
    }

    private static Place place(boolean creates, boolean migrated, boolean readable, boolean filled) {
        return new Place("poor", Optional.of("tokens"), "tokens", creates, migrated, readable, filled);
    }
}
