package dev.logintoken.server.sandbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;

import javax.sql.DataSource;

/** A data source whose database can be made to disappear or fail. */
final class FaultyDataSource {

    private final DataSource real;
    private volatile boolean away;
    private volatile boolean broken;

    FaultyDataSource(DataSource real) {
        this.real = real;
    }

    void away(boolean now) {
        this.away = now;
    }

    void broken(boolean now) {
        this.broken = now;
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                FaultyDataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (away && method.getName().equals("getConnection")) {
            throw new SQLTransientConnectionException("The sandbox was asked to lose its database.");
        }
        if (broken && method.getName().equals("getConnection")) {
            throw new IllegalStateException("The sandbox was asked to fail.");
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
