package dev.logintoken.launcher;

/** Limits what the application sees of its surroundings: the JDK, and the Servlet API that Jetty uses. */
final class ServletApi extends ClassLoader {

    private static final String PACKAGES = "jakarta.servlet.";

    private final ClassLoader launcher = ServletApi.class.getClassLoader();

    static {
        registerAsParallelCapable();
    }

    ServletApi() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGES)) {
            throw new ClassNotFoundException(name);
        }
        return launcher.loadClass(name);
    }
}
