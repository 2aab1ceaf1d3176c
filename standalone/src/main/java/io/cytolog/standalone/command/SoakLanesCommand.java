// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.onnx.StopSignal;
import io.cytolog.standalone.Faults;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.soak.LaneSettings;
import io.cytolog.standalone.soak.LaneSoak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long STAT and ROUTINE images wait for the session under load. */
@Command(
        name = "lanes",
        description = {
            "Measures how long STAT and ROUTINE images stand in the batcher at several loads, with the",
            "shipped settings and a session that answers at a steady pace; no Kafka."
        },
        footer = {
            "",
            "Exit code 1 when a ROUTINE image waited longer than the bound that is stated first."
        })
final class SoakLanesCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;

    @Option(
            names = "--pace",
            paramLabel = "N",
            defaultValue = "200",
            description = "Cells a second that the session answers. Default: 200.")
    private double pace;

    @Option(
            names = "--load",
            paramLabel = "N",
            split = ",",
            defaultValue = "0.5,0.9,1.5",
            description = "Shares of the pace that are fed. Default: 0.5,0.9,1.5.")
    private List<Double> loads;

    @Option(
            names = "--stat",
            paramLabel = "N",
            defaultValue = "0.1",
            description = "Share of the cells that are STAT. Default: 0.1.")
    private double stat;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long a load lasts. Default: 60.")
    private int seconds;

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = "Release that answers. Default: the one shipped.")
    private Path release;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws Exception {
        Path folder = release == null ? ReleaseFolder.shipped() : release;
        new Faults()
                .check(() -> ReleaseFolder.read(folder))
                .check(() -> positive("--pace", pace))
                .check(() -> positive("--seconds", seconds))
                .check(() -> loads.forEach(load -> positive("--load", load)))
                .check(this::checkShare)
                .refuse();
        var settings =
                new LaneSettings(
                        folder.toAbsolutePath().normalize(),
                        pace,
                        loads,
                        stat,
                        Duration.ofSeconds(seconds));
        Thread worker = Thread.currentThread();
        try (var signal = StopSignal.on(worker::interrupt)) {
            List<String> broken = new LaneSoak(settings, System.out).run();
            broken.forEach(what -> System.out.println("broken: " + what));
            System.out.println(broken.isEmpty() ? "held" : "not held");
            return signal.exitCode().orElse(broken.isEmpty() ? Cytolog.DONE : Cytolog.FAILED);
        }
    }

    private void checkShare() {
        if (!(stat > 0 && stat < 1)) {
            throw new InvalidInputException(
                    "--stat=%s is out of bounds; give more than 0 and less than 1".formatted(stat));
        }
    }

    private static void positive(String option, double value) {
        if (!(value > 0)) {
            throw new InvalidInputException(
                    "%s=%s is not positive; give more than 0".formatted(option, value));
        }
    }
}
