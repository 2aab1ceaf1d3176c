// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.event.ImageAnnotated;
import io.cytolog.serde.EventSerdes;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.log.TimeRange;
import io.cytolog.standalone.remake.Produced;
import io.cytolog.standalone.remake.Productions;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells which release produced what. */
@Command(
        name = "which-release",
        description = {
            "Tells from the results which release, with which sentences, produced what: of a slide, or of a",
            "release. Times and positions are those of the images' records."
        })
final class WhichReleaseCommand implements Callable<Integer>, Verbose {

    private static final int ID_SHOWN = 12;
    private static final int SHORTEST_PREFIX = 4;

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Mixin private RangeOptions range;
    @Spec private CommandSpec spec;

    @Option(names = "--slide", paramLabel = "ID", description = "Slide to ask for.")
    private @Nullable String slide;

    @Option(
            names = "--release",
            paramLabel = "ID",
            description = "Release to ask for; a beginning of its id will do when it is unique.")
    private @Nullable String release;

    @Option(names = "--json", description = "Prints a JSON object a line.")
    private boolean json;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws InterruptedException {
        checkAsked();
        TimeRange when = range.range();
        Cluster on = cluster.cluster().check();
        List<Produced> rows;
        try (EventSerdes serdes = on.serdes()) {
            rows = Productions.of(on, serdes, when, wanted(), (done, total) -> {});
        }
        checkUnique(rows);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            rows.forEach(row -> out.println(JsonLines.line(fields(row))));
        } else {
            print(rows, out);
        }
        out.flush();
        return Cytolog.DONE;
    }

    private void checkAsked() {
        if ((slide == null) == (release == null)) {
            throw new InvalidInputException("give one of --slide and --release");
        }
        if (release != null && release.length() < SHORTEST_PREFIX) {
            throw new InvalidInputException(
                    "--release=%s is short; give at least %d digits"
                            .formatted(release, SHORTEST_PREFIX));
        }
    }

    private Predicate<ImageAnnotated> wanted() {
        String asked = release;
        return asked == null
                ? result -> result.getOrigin().getSlide().equals(slide)
                : result -> result.getReleaseId().startsWith(asked);
    }

    private void checkUnique(List<Produced> rows) {
        Set<String> ids = rows.stream().map(Produced::releaseId).collect(Collectors.toSet());
        if (release != null && ids.size() > 1) {
            throw new InvalidInputException(
                    "--release=%s fits %d releases: %s; give more digits"
                            .formatted(
                                    release,
                                    ids.size(),
                                    ids.stream()
                                            .map(WhichReleaseCommand::brief)
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
    }

    private void print(List<Produced> rows, PrintWriter out) {
        if (rows.isEmpty()) {
            out.println("no result fits");
            return;
        }
        out.printf(
                "%-20s %-12s %-28s %7s  %-24s %-24s %s%n",
                "SLIDE", "RELEASE", "BANK", "IMAGES", "FIRST", "LAST", "SOURCES");
        for (Produced row : rows) {
            out.printf(
                    "%-20s %-12s %-28s %,7d  %-24s %-24s %s to %s%n",
                    row.slide(),
                    brief(row.releaseId()),
                    row.bankVersion(),
                    row.images(),
                    row.first(),
                    row.last(),
                    row.firstSource(),
                    row.lastSource());
        }
        if (slide != null) {
            printChanges(rows, out);
        }
    }

    private static void printChanges(List<Produced> rows, PrintWriter out) {
        for (int i = 1; i < rows.size(); i++) {
            Produced before = rows.get(i - 1);
            Produced after = rows.get(i);
            out.printf(
                    "changed from %s %s to %s %s after %s, at %s or before%n",
                    brief(before.releaseId()),
                    before.bankVersion(),
                    brief(after.releaseId()),
                    after.bankVersion(),
                    before.last(),
                    after.first());
        }
    }

    private static Map<String, Object> fields(Produced row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("slide", row.slide());
        fields.put("releaseId", row.releaseId());
        fields.put("bankVersion", row.bankVersion());
        fields.put("images", row.images());
        fields.put("first", row.first().toString());
        fields.put("last", row.last().toString());
        fields.put("firstSource", row.firstSource());
        fields.put("lastSource", row.lastSource());
        return fields;
    }

    private static String brief(String id) {
        return id.substring(0, Math.min(ID_SHOWN, id.length()));
    }
}
