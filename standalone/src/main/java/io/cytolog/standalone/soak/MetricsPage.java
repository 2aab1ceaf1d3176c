// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads the stream-app's own meters as Prometheus would. Used by one thread. */
final class MetricsPage implements AutoCloseable {

    /** A process that is starved of processor time answers late; that is no fault of its memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    MetricsPage(URI page) {
        this.request = HttpRequest.newBuilder(page.resolve("/metrics")).timeout(PATIENCE).build();
    }

    /** The page's text now. */
    String read() throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Sum of a metric over all its tags, 0 when it has none yet. */
    static double sum(String page, String metric) {
        return page.lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        client.close();
    }
}
