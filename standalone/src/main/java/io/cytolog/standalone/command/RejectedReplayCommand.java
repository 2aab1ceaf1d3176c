// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.letter.DeadLetters;
import io.cytolog.standalone.letter.DeadLetters.LetterVisitor;
import io.cytolog.standalone.letter.LetterFilter;
import io.cytolog.standalone.letter.LetterReplay;
import io.cytolog.standalone.letter.LetterReplay.Fate;
import io.cytolog.standalone.log.TimeRange;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes dead letters again. */
@Command(
        name = "replay",
        description = {
            "Publishes images that were turned away again, once their cause is mended: with their key and",
            "origin, and saying what they replay. Those that were replayed before are passed over."
        })
final class RejectedReplayCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Mixin private LetterOptions letters;
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "POSITION",
            description = "Only these, as 'rejected list' prints them: PARTITION@OFFSET.")
    private List<String> positions = List.of();

    @Option(names = "--dry-run", description = "Only says what would be replayed.")
    private boolean dryRun;

    @Option(names = "--again", description = "Also replays what was replayed before.")
    private boolean again;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LetterFilter filter = letters.filter(positions);
        TimeRange range = letters.range();
        Cluster on = cluster.cluster().check();
        try (EventSerdes serdes = on.serdes()) {
            DeadLetters found = new DeadLetters(on, serdes);
            AtomicLong count = new AtomicLong();
            AtomicReference<Instant> earliest = new AtomicReference<>(Instant.MAX);
            LetterVisitor<RuntimeException> look =
                    letter -> {
                        count.incrementAndGet();
                        Instant at = letter.value().getRejectedAt();
                        earliest.updateAndGet(before -> at.isBefore(before) ? at : before);
                    };
            found.forEach(range, filter, look, (done, total) -> {});
            if (count.get() == 0) {
                say("no dead letter fits; 'rejected list' prints those that are there");
                return Cytolog.DONE;
            }
            if (!dryRun && !yes && !agreed(count.get())) {
                say("nothing was replayed");
                return Cytolog.DONE;
            }
            return replay(on, serdes, found, range, filter, count.get(), earliest.get());
        } catch (ExecutionException e) {
            throw new IOException("the broker does not tell offsets: " + e.getCause(), e);
        }
    }

    private int replay(
            Cluster on,
            EventSerdes serdes,
            DeadLetters found,
            TimeRange range,
            LetterFilter filter,
            long count,
            Instant earliest)
            throws InterruptedException, ExecutionException {
        try (LetterReplay replay = new LetterReplay(on, serdes, earliest, again, dryRun);
                Progress progress =
                        new Progress("replaying", count, Terminal.detected(), System.err)) {
            AtomicLong done = new AtomicLong();
            LetterVisitor<RuntimeException> publish =
                    letter -> {
                        replay.replay(letter);
                        // More may have come since they were counted.
                        progress.at(Math.min(count, done.incrementAndGet()), "");
                    };
            found.forEach(range, filter, publish, (offsets, total) -> {});
            replay.flush();
            say(summary(replay.fates()));
            return replay.fates().containsKey(Fate.NOT_KEPT) ? Cytolog.FAILED : Cytolog.DONE;
        }
    }

    private boolean agreed(long count) {
        Console console = System.console();
        if (console == null || !Terminal.detected().err()) {
            throw new InvalidInputException(
                    "%,d dead letters would be replayed and nobody can be asked; give --yes or --dry-run"
                            .formatted(count));
        }
        String answer = console.readLine("replay %,d dead letters? [y/N] ", count);
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    private String summary(Map<Fate, Integer> fates) {
        return "%s %,d (%,d of them raw, since they cannot be read), passed over %,d replayed before, %,d whose original was not kept"
                .formatted(
                        dryRun ? "would replay" : "replayed",
                        fates.getOrDefault(Fate.REPLAYED, 0)
                                + fates.getOrDefault(Fate.REPLAYED_RAW, 0),
                        fates.getOrDefault(Fate.REPLAYED_RAW, 0),
                        fates.getOrDefault(Fate.ALREADY, 0),
                        fates.getOrDefault(Fate.NOT_KEPT, 0));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
