// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.Wordings;
import io.cytolog.evaluate.Teachers;
import io.cytolog.fit.Lessons;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Option;

/** Options of {@code train} for releases that teach the new one. */
final class TeacherOptions {

    private static final int MOST = 8;

    @Option(
            names = "--teacher",
            paramLabel = "DIR",
            description =
                    "release folder whose answers on the training cells, cut by its own recipe, are learnt beside "
                            + "their labels; may be given several times: the mean of their answers is learnt")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--teaching",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description =
                    "share of the teachers in what a cell should come to, the label has the rest: "
                            + "more than 0, at most 1; default ${DEFAULT-VALUE}")
    private double share = 0.5;

    private final List<Release> teachers = new ArrayList<>();

    /**
     * Reads the teachers.
     *
     * @throws CorpusException when one cannot teach; says which, why and the remedy
     */
    void check(Wordings wordings) throws CorpusException {
        if (!(share > 0 && share <= 1)) {
            throw new CorpusException(
                    "--teaching=%s is out of bounds; give more than 0, at most 1".formatted(share));
        }
        if (folders.size() > MOST) {
            throw new CorpusException(
                    "--teacher is given %d times; give at most %d".formatted(folders.size(), MOST));
        }
        for (Path folder : folders) {
            try {
                Release teacher = ReleaseReader.read(folder);
                Teachers.check(teacher, wordings);
                teachers.add(teacher);
            } catch (InvalidReleaseException e) {
                throw new CorpusException("--teacher " + folder + ": " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new CorpusException("--teacher %s %s".formatted(folder, e.getMessage()));
            }
        }
    }

    /**
     * What the teachers say of the cells; nothing where there are none.
     *
     * @param pictures of the same cells, as each teacher's recipe cuts them
     * @param cache folder that keeps it
     */
    Lessons lessons(
            Wordings wordings,
            List<Cell> cells,
            Teachers.Pictures pictures,
            Path cache,
            int threads)
            throws CorpusException {
        if (teachers.isEmpty()) {
            return Lessons.NONE;
        }
        Teachers all = new Teachers(teachers, wordings, cache, new InferenceThreads(threads));
        int count = teachers.size() * cells.size();
        try (ProgressBar bar = new ProgressBar("ask teachers", count)) {
            return new Lessons(all.shares(cells, pictures, bar::stepTo), share);
        } catch (IOException | InvalidReleaseException e) {
            throw new CorpusException("teachers cannot be asked: " + e.getMessage());
        }
    }

    /** Goes into a checkpoint's identity; empty without teachers. */
    String identity() {
        return teachers.isEmpty() ? "" : " taught by %s, share %s".formatted(ids(), share);
    }

    /** The options as they were given, to be given again. */
    String words() {
        if (folders.isEmpty()) {
            return "";
        }
        String given =
                folders.stream().map(one -> " --teacher " + one).collect(Collectors.joining());
        return share == 0.5 ? given : given + " --teaching " + share;
    }

    /** For the release's manifest. */
    Map<String, String> facts() {
        return teachers.isEmpty()
                ? Map.of()
                : Map.of("taught by releases", ids(), "teaching share", Double.toString(share));
    }

    private String ids() {
        return teachers.stream().map(one -> one.id().toString()).collect(Collectors.joining(" "));
    }
}
