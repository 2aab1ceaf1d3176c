// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.measure;

import io.cytolog.bench.child.ChildJvm;
import io.cytolog.bench.child.Program;
import io.cytolog.bench.workload.RowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the plain loop reached.
 *
 * @param peakBytes most memory that its process held at once
 */
record Limit(Window window, long peakBytes) {

    /** It has little to compile: nearly all of its work is native. */
    private static final long MOST_WARM_MILLIS = 5_000;

    static Limit measure(Plan plan, Path release, Path images, Path work)
            throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(work, "limit-");
        RowSettings settings =
                new RowSettings(
                        "",
                        "",
                        "",
                        release.toAbsolutePath(),
                        own.toAbsolutePath(),
                        plan.threads(),
                        plan.batch(),
                        plan.commit(),
                        "");
        List<String> arguments = new ArrayList<>(settings.arguments());
        arguments.add("images=" + images.toAbsolutePath());
        arguments.add("warm=" + Math.min(plan.warm().toMillis(), MOST_WARM_MILLIS));
        arguments.add("measure=" + plan.point().toMillis());
        Program program = RowRun.program(Row.LIMIT, plan);
        try (ChildJvm row = ChildJvm.start("limit", program, arguments, own.resolve("row.log"))) {
            Duration longest = plan.warm().plus(plan.point()).plusSeconds(120);
            String[] said = row.await("limit ", longest).split(" ");
            Window window =
                    new Window(
                            Long.parseLong(said[1]),
                            seconds(Double.parseDouble(said[2])),
                            seconds(Double.parseDouble(said[3])));
            return new Limit(window, row.cost().peakBytes());
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
