package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;

import java.util.Optional;
import java.util.UUID;

/**
 * Accounts in a table.
 *
 * @param database the database of the table
 * @param kind the table's name
 * @param name the column of names
 * @param ended the column that is null while the owner may log in
 */
record TableOfAccounts(Database database, String kind, String name, String ended) implements Accounts {

    @Override
    public Optional<Account> find(String name) {
        String sql = "select uuid, password_hash from %s where %s = ? and %s is null".formatted(kind, this.name, ended);
        return database.findByText(
                name,
                handle -> handle.select(sql, name)
                        .map((row, context) -> new Account(
                                row.getObject("uuid", UUID.class), Optional.ofNullable(row.getString("password_hash"))))
                        .findOne());
    }

    @Override
    public void replaceHash(UUID owner, String old, String next) {
        String sql = "update %s set password_hash = ? where uuid = ? and password_hash = ?".formatted(kind);
        database.query(handle -> handle.execute(sql, next, owner, old));
    }
}
