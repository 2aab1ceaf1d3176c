// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cytolog.telemetry.Telemetry;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The console's web server. Everything it serves is read only, and nothing in it waits for Kafka or
 * the model, so probes are answered while the stream is busy.
 */
public final class ConsoleServer implements AutoCloseable {

    private static final int THREADS = 16;
    private static final String JSON = "application/json; charset=utf-8";

    /** Scripts and styles from our own files only; nobody may put the page into a frame. */
    private static final Map<String, String> SECURITY_HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "X-Frame-Options",
                    "DENY",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "Cache-Control",
                    "no-store");

    private final ConsoleSettings settings;
    private final Feed feed;
    private final CellPictures pictures;
    private final StatusReader status;
    private final Telemetry telemetry;
    private final HostGuard guard;
    private final FeedEndpoint feedEndpoint;
    private final JsonMapper json = Json.mapper();
    private final Javalin server;

    public ConsoleServer(
            ConsoleSettings settings,
            Feed feed,
            CellPictures pictures,
            StatusReader status,
            Telemetry telemetry) {
        this.settings = settings;
        this.feed = feed;
        this.pictures = pictures;
        this.status = status;
        this.telemetry = telemetry;
        this.guard = new HostGuard(settings.hosts());
        this.feedEndpoint = new FeedEndpoint(feed, status.process());
        this.server = Javalin.create(this::configure);
    }

    /**
     * Listens from now on.
     *
     * @throws ConsoleUnavailableException when the address is taken or not ours
     */
    public void start() {
        try {
            server.start(settings.bind(), settings.port());
        } catch (JavalinBindException e) {
            throw BindFailures.explain(settings, e);
        }
    }

    /** The port listened at, also when the settings left the choice open. */
    public int port() {
        return server.port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.routes.before(this::guard);
        page(config, "/", "index.html");
        page(config, "/app.js", "app.js");
        page(config, "/app.css", "app.css");
        page(config, "/icon.svg", "icon.svg");
        config.routes.before("/api/feed", feedEndpoint::admit);
        config.routes.sse("/api/feed", feedEndpoint::serve);
        config.routes.get("/api/status", this::status);
        config.routes.get("/api/recent", this::recent);
        config.routes.get("/cells/{result}/{picture}", this::picture);
        config.routes.get("/metrics", this::metrics);
        config.routes.get("/health/live", ctx -> health(ctx, status.health().live()));
        config.routes.get("/health/ready", ctx -> health(ctx, status.health().ready()));
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("console");
        return threads;
    }

    private void guard(Context ctx) {
        SECURITY_HEADERS.forEach(ctx::header);
        // Probes and scrapers call by whatever name the cluster gives; they are no browsers, and
        // what they are told holds no result.
        boolean forMachines = ctx.path().startsWith("/health/") || ctx.path().equals("/metrics");
        if (!forMachines && !guard.admits(ctx.header("Host"))) {
            throw new ForbiddenResponse(
                    "this host name is not served; add it to console.hosts or use localhost");
        }
    }

    private static void page(JavalinConfig config, String path, String file) {
        byte[] content = PageFiles.read(file);
        String type = PageFiles.contentType(file);
        config.routes.get(path, ctx -> ctx.contentType(type).result(content));
    }

    private void status(Context ctx) {
        ctx.contentType(JSON).result(Json.write(json, status.read()));
    }

    private void recent(Context ctx) {
        List<String> events =
                feed.after(0).stream()
                        .map(e -> "{\"kind\":\"%s\",\"event\":%s}".formatted(e.kind(), e.json()))
                        .toList();
        ctx.contentType(JSON).result("[" + String.join(",", events) + "]");
    }

    private void picture(Context ctx) {
        String[] name = ctx.pathParam("picture").split("\\.", 2);
        if (name.length != 2 || !name[0].matches("\\d{1,6}")) {
            throw new NotFoundResponse("a picture is called <cell>.png or <cell>.jpg");
        }
        PictureFormat format =
                PictureFormat.of(name[1])
                        .orElseThrow(() -> new NotFoundResponse("pictures are .png or .jpg"));
        byte[] file =
                pictures.find(ctx.pathParam("result"), Integer.parseInt(name[0]))
                        .map(format::encode)
                        .orElseThrow(
                                () ->
                                        new NotFoundResponse(
                                                "the picture is not kept here (any more)"));
        // A result id names its content, so the picture never changes.
        ctx.header("Cache-Control", "private, max-age=3600, immutable");
        ctx.contentType(format.contentType()).result(file);
    }

    private void metrics(Context ctx) {
        ctx.contentType(Telemetry.CONTENT_TYPE).result(telemetry.scrape());
    }

    private static void health(Context ctx, boolean well) {
        ctx.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        ctx.contentType("text/plain; charset=utf-8").result(well ? "yes\n" : "no\n");
    }

    @Override
    public void close() {
        feed.dismissAll();
        server.stop();
    }
}
