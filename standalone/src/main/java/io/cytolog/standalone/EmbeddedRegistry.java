// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.LogManager;

/**
 * The real Apicurio registry in this JVM, behind a class loader of its own: its hundreds of jars
 * and ours never meet. It keeps schemas in memory and speaks Confluent's API. Owned by the thread
 * that starts it.
 *
 * <p>Its settings come as the first entry of its own class path, with an ordinal above all others,
 * so that no system property of the process is touched and neither its HTTP nor its management port
 * is open to other machines.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    /**
     * Where the generated classes of the application lie, transformed ones before the originals.
     */
    private static final List<String> JAR_FOLDERS =
            List.of("quarkus", "app", "lib/main", "lib/boot");

    private final AutoCloseable application;
    private final URLClassLoader classes;
    private final String url;

    private EmbeddedRegistry(AutoCloseable application, URLClassLoader classes, String url) {
        this.application = application;
        this.classes = classes;
        this.url = url;
    }

    /** Starts the registry on a free port. */
    public static EmbeddedRegistry start(RegistryHome home, Path workDirectory) throws IOException {
        return start(home, workDirectory, Loopback.freePort());
    }

    /**
     * Starts the registry.
     *
     * @param home where its distribution was unpacked
     * @param workDirectory for its settings and its log, {@code registry.log}
     * @param port of the loopback address
     */
    public static EmbeddedRegistry start(RegistryHome home, Path workDirectory, int port)
            throws IOException {
        // Quarkus names a log manager that only its own class loader has; ours must come first.
        LogManager.getLogManager();
        Path settings = writeSettings(workDirectory, port);
        var classes =
                new URLClassLoader(
                        "registry",
                        classPath(home, settings),
                        ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            Class<?> type = classes.loadClass("io.quarkus.runner.ApplicationImpl");
            var application = (AutoCloseable) type.getConstructor().newInstance();
            type.getMethod("start", String[].class).invoke(application, (Object) new String[0]);
            return new EmbeddedRegistry(application, classes, url(port));
        } catch (ReflectiveOperationException e) {
            classes.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "the registry did not start on port %d; its log is %s"
                            .formatted(port, workDirectory.resolve("registry.log")),
                    cause);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Base address that a registry on this port has. */
    public static String url(int port) {
        return "http://%s:%d/apis/ccompat/v7".formatted(Loopback.HOST, port);
    }

    /** Base address of the Confluent-compatible API, for {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try (classes) {
            application.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the registry did not stop cleanly", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Path writeSettings(Path workDirectory, int port) throws IOException {
        Path file = workDirectory.resolve("registry/META-INF/microprofile-config.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                config_ordinal=900
                quarkus.http.host=%1$s
                quarkus.http.port=%2$d
                quarkus.management.host=%1$s
                quarkus.management.port=0
                quarkus.http.access-log.enabled=false
                quarkus.banner.enabled=false
                quarkus.log.console.enabled=false
                quarkus.log.file.enabled=true
                quarkus.log.file.json=false
                quarkus.log.file.path=%3$s
                """
                        .formatted(
                                Loopback.HOST,
                                port,
                                workDirectory.resolve("registry.log").toAbsolutePath()));
        return workDirectory.resolve("registry");
    }

    private static URL[] classPath(RegistryHome home, Path settings) throws IOException {
        var urls = new ArrayList<URL>();
        urls.add(settings.toUri().toURL());
        for (String folder : JAR_FOLDERS) {
            for (URI jar : jars(home.folder().resolve(folder))) {
                urls.add(jar.toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static List<URI> jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            // Reversed, "transformed-bytecode.jar" comes before "generated-bytecode.jar".
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted(Comparator.reverseOrder())
                    .map(Path::toUri)
                    .toList();
        }
    }
}
