// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import io.cytolog.bank.Finding;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CorpusException;
import io.cytolog.corpus.KeptFloats;
import io.cytolog.corpus.Wordings;
import io.cytolog.corpus.Wordings.FindingWords;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.Recipe;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Releases that say what they make of training cells, as they serve: cut by their own recipes, in
 * all their orientations, with their offsets, under the scale that their training ended with. Owned
 * by one thread.
 */
public final class Teachers {

    private static final int BATCH = 32;

    /** The cells that are asked about, as a recipe cuts them. */
    @FunctionalInterface
    public interface Pictures {

        /** One a cell. */
        List<CellPixels> in(Recipe recipe) throws CorpusException;
    }

    private final List<Release> releases;
    private final Wordings wordings;
    private final Path cache;
    private final InferenceThreads threads;

    /**
     * @param releases at least one
     * @param cache folder that keeps what each said
     */
    public Teachers(
            List<Release> releases, Wordings wordings, Path cache, InferenceThreads threads) {
        this.releases = List.copyOf(releases);
        this.wordings = wordings;
        this.cache = cache;
        this.threads = threads;
    }

    /**
     * Refuses a release that cannot teach.
     *
     * @throws IllegalArgumentException says why not, and the remedy; the release comes before it
     */
    public static void check(Release release, Wordings wordings) {
        List<String> known = scored(release);
        for (String finding : findings(wordings)) {
            if (!known.contains(finding)) {
                throw new IllegalArgumentException(
                        "knows no finding '%s'; give one whose bank has it".formatted(finding));
            }
        }
    }

    /**
     * The mean of the teachers' probabilities.
     *
     * @param pictures of the same cells
     * @param progress told how many answers there are, over all teachers
     * @return {@code [cells, findings]} in the order of the wordings, each row with sum 1
     */
    public float[] shares(List<Cell> cells, Pictures pictures, IntConsumer progress)
            throws IOException, InvalidReleaseException, CorpusException {
        float[] mean = new float[cells.size() * findings(wordings).size()];
        for (int t = 0; t < releases.size(); t++) {
            int before = t * cells.size();
            Release teacher = releases.get(t);
            float[] one =
                    kept(
                            teacher,
                            cells,
                            pictures.in(teacher.manifest().recipe()),
                            done -> progress.accept(before + done));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += one[i] / releases.size();
            }
            progress.accept(before + cells.size());
        }
        return mean;
    }

    private float[] kept(
            Release release, List<Cell> cells, List<CellPixels> pixels, IntConsumer progress)
            throws IOException, InvalidReleaseException {
        String key = release.id() + "\n" + digest(pixels) + "\n" + findings(wordings);
        String name = ImageBytes.wrap(key.getBytes(StandardCharsets.UTF_8)).sha256();
        Path file = cache.resolve("taught-" + name.substring(0, 16) + ".bin");
        Optional<float[]> before = KeptFloats.read(file, cells.size() * findings(wordings).size());
        if (before.isPresent()) {
            return before.get();
        }
        float[] shares = said(release, cells, pixels, progress);
        KeptFloats.write(file, shares);
        return shares;
    }

    /** Of all that the encoders are shown. */
    private static String digest(List<CellPixels> pixels) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            pixels.forEach(one -> digest.update(one.rgb()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private float[] said(
            Release release, List<Cell> cells, List<CellPixels> pixels, IntConsumer progress)
            throws InvalidReleaseException {
        Scores scores;
        try (ImageEncoder encoder = OnnxImageEncoder.open(release, BATCH, threads)) {
            scores = SeenCells.of(release, encoder, cells, pixels, progress).scores();
        }
        List<String> own = scored(release);
        int[] places = findings(wordings).stream().mapToInt(own::indexOf).toArray();
        double scale = Evaluator.trainedScale(release);
        float[] shares = new float[cells.size() * places.length];
        for (int i = 0; i < cells.size(); i++) {
            double[] all = scores.probabilities(i, scale);
            double sum = 0;
            for (int place : places) {
                sum += all[place];
            }
            for (int f = 0; f < places.length; f++) {
                shares[i * places.length + f] = (float) (all[places[f]] / sum);
            }
        }
        return shares;
    }

    private static List<String> scored(Release release) {
        return release.bank().scored().stream().map(Finding::id).toList();
    }

    private static List<String> findings(Wordings wordings) {
        return wordings.findings().stream().map(FindingWords::id).toList();
    }
}
