// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.export.ExportException;
import io.cytolog.export.ReleaseWeights;
import io.cytolog.fit.Checkpoint;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Pretrained;
import io.cytolog.fit.Trainer;
import io.cytolog.fit.TrainingSet;
import io.cytolog.image.ImageBytes;
import io.cytolog.image.Recipe;
import io.cytolog.network.Backbone;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.MeasurementHead;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which network a training has and with which weights it begins: options of {@code train}. */
final class StartingPoint {

    /** An augmentation, 0 to 1, as a manifest states it. */
    private static final Pattern STRENGTH = Pattern.compile("0(\\.\\d{1,6})?|1(\\.0)?");

    @Option(
            names = "--backbone",
            paramLabel = "NAME",
            defaultValue = "atto",
            converter = BackboneConverter.class,
            description = BackboneConverter.DESCRIPTION)
    private Backbone backbone = Backbone.ATTO;

    @Option(
            names = "--pretrained",
            paramLabel = "FILE",
            description = "pretrained.bin of ./cytolog pretrain")
    private Optional<Path> pretrained = Optional.empty();

    @Option(
            names = "--from-release",
            paramLabel = "DIR",
            description = "release folder whose weights training starts from")
    private Optional<Path> release = Optional.empty();

    /** As the options leave it. */
    StartingPoint() {}

    /** The smallest network, from that file. */
    StartingPoint(Path pretrained) {
        this.pretrained = Optional.of(pretrained);
    }

    /** The trunk that was taught without labels; there is one. */
    Pretrained trunk() throws CorpusException {
        return read(pretrained.orElseThrow());
    }

    /** The release that training goes on from. */
    Optional<Path> release() {
        return release;
    }

    /**
     * Gives a new release the measurement head of the one that training went on from, where that
     * has one and both take the same pixels.
     *
     * @return whether it did, and so the new release has another id
     */
    boolean carryHead(Path written) throws CorpusException, IOException {
        return release.isPresent() && carryHead(release(release.get()), written);
    }

    /**
     * Gives a new release the measurement head of another, where that has one and both take the
     * same pixels.
     *
     * @return whether it did, and so the new release has another id
     */
    static boolean carryHead(Release before, Path written) throws CorpusException, IOException {
        Release now = release(written);
        Optional<MeasurementHead> head = before.measurementHead();
        if (head.isEmpty() || !before.manifest().recipe().equals(now.manifest().recipe())) {
            return false;
        }
        byte[] model = Files.readAllBytes(before.folder().resolve(head.get().file()));
        ReleaseWriter.write(written, now, head.get(), model);
        return true;
    }

    /** The recipe of the release that training goes on from. */
    Optional<Recipe> recipe() throws CorpusException {
        return release.isEmpty()
                ? Optional.empty()
                : Optional.of(release(release.get()).manifest().recipe());
    }

    /** How far pictures were altered when the release was trained that training goes on from. */
    Optional<Double> augmentation() throws CorpusException {
        if (release.isEmpty()) {
            return Optional.empty();
        }
        String stated = release(release.get()).manifest().training().get("augmentation");
        return Optional.ofNullable(stated).filter(STRENGTH.asMatchPredicate()).map(Double::valueOf);
    }

    /** The orientations in which the release that training goes on from looks at a cell. */
    Orientations orientations() throws CorpusException {
        return release.isEmpty()
                ? Orientations.UPRIGHT
                : ReleaseWeights.orientations(release(release.get()));
    }

    /** The network that releases hold. */
    Layout layout() {
        return Layout.of(backbone);
    }

    /** What a checkpoint's identity says of it; nothing for the network of the shipped release. */
    String identity() throws CorpusException, IOException {
        String identity = backbone.equals(Backbone.ATTO) ? "" : " backbone " + backbone.name();
        if (pretrained.isPresent()) {
            byte[] bytes = Files.readAllBytes(existing(pretrained.get()));
            identity += " pretrained " + ImageBytes.wrap(bytes).sha256();
        }
        if (release.isPresent()) {
            identity += " going on from release " + release(release.get()).id();
        }
        return identity;
    }

    /** Refuses a trunk that was taught on other data or is of another kind. */
    void check(Corpus corpus) throws CorpusException {
        if (release.isPresent()) {
            checkRelease(release.get());
        }
        if (pretrained.isPresent()
                && !read(pretrained.get())
                        .identity()
                        .equals(PretrainCommand.identity(corpus, backbone))) {
            throw new CorpusException(
                    "--pretrained %s belongs to other data, recipe or backbone; run ./cytolog pretrain with this --data and --backbone"
                            .formatted(pretrained.get()));
        }
    }

    /**
     * A trainer before its first step; the trunk was checked.
     *
     * @param layout {@link #layout} or that with a classifier
     */
    Trainer trainer(Layout layout, TrainingSet set, FitPlan plan, String identity, int threads)
            throws CorpusException {
        Checkpoint first;
        if (release.isPresent()) {
            first = Checkpoint.starting(weights(release.get(), layout, plan.seed()), identity);
        } else {
            first = Trainer.starting(layout, set, plan.seed(), identity);
            if (pretrained.isPresent()) {
                first = read(pretrained.get()).start(layout, first);
            }
        }
        return new Trainer(layout, set, plan, first, threads);
    }

    private void checkRelease(Path folder) throws CorpusException {
        if (pretrained.isPresent()) {
            throw new CorpusException(
                    "--from-release and --pretrained both say where training starts; give one");
        }
        Release read = release(folder);
        if (!ReleaseWeights.backbone(read).equals(Optional.of(backbone))) {
            throw new CorpusException(
                    "--from-release %s is a %s, --backbone asks for %s; give the same"
                            .formatted(folder, read.manifest().name(), backbone.encoderName()));
        }
    }

    private static float[] weights(Path folder, Layout layout, long seed) throws CorpusException {
        try {
            return ReleaseWeights.flat(release(folder), layout, seed);
        } catch (ExportException | IOException e) {
            throw new CorpusException(
                    "--from-release %s cannot be started from: %s"
                            .formatted(folder, e.getMessage()));
        }
    }

    private static Release release(Path folder) throws CorpusException {
        try {
            return ReleaseReader.read(folder);
        } catch (InvalidReleaseException e) {
            throw new CorpusException("--from-release: " + e.getMessage());
        }
    }

    /** For the release's manifest and card; nothing for the network of the shipped release. */
    Map<String, String> facts() throws CorpusException {
        Map<String, String> facts = new HashMap<>();
        if (!backbone.equals(Backbone.ATTO)) {
            facts.put("backbone", backbone.name());
        }
        if (pretrained.isPresent()) {
            int steps = read(pretrained.get()).steps();
            facts.put("pre-training", "masked autoencoder, %d steps".formatted(steps));
        }
        if (release.isPresent()) {
            facts.put("started from release", release(release.get()).id().toString());
        }
        return facts;
    }

    /** The options again, for a line that tells how to go on. */
    String words() {
        String words = backbone.equals(Backbone.ATTO) ? "" : " --backbone " + backbone.name();
        words += release.map(folder -> " --from-release " + folder).orElse("");
        return words + pretrained.map(file -> " --pretrained " + file).orElse("");
    }

    private static Pretrained read(Path file) throws CorpusException {
        try {
            return Pretrained.read(existing(file));
        } catch (IOException e) {
            throw new CorpusException(
                    "--pretrained %s cannot be used: %s; give the pretrained.bin of ./cytolog pretrain"
                            .formatted(file, e.getMessage()));
        }
    }

    private static Path existing(Path file) throws CorpusException {
        if (!Files.isRegularFile(file)) {
            throw new CorpusException(
                    "--pretrained %s is no file; give the pretrained.bin of ./cytolog pretrain"
                            .formatted(file));
        }
        return file;
    }
}
