// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

import io.cytolog.app.Parts;
import io.cytolog.bank.SentenceEdit;
import io.cytolog.batch.BatchListener;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.cell.CellLocator;
import io.cytolog.config.AppConfig;
import io.cytolog.decision.DecisionReader;
import io.cytolog.decision.Decisions;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.TrustedKeys;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serving.AnnouncedReleases;
import io.cytolog.serving.EditionMaker;
import io.cytolog.serving.ReleaseDecision;
import io.cytolog.serving.ReleaseOrigin.Announced;
import io.cytolog.serving.SentenceDecision;
import io.cytolog.serving.ServedRelease;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.cluster.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The editions that results name: releases by id, from given folders, the shipped one, the
 * configured one and announced locations; with the sentences that the log of edits gives back.
 * Keeps a few open. Owned by one thread.
 */
final class EditionShelf implements AutoCloseable {

    private static final int OPEN = 2;
    private static final int BATCH = 32;
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final Duration NO_BARRIER = Duration.ofHours(1);

    private final AppConfig config;
    private final Parts parts;
    private final CellLocator locator;
    private final EditionMaker maker;
    private final Map<String, Release> releases = new HashMap<>();
    private final Decisions decisions;
    private final LinkedHashMap<String, ServedRelease> open = new LinkedHashMap<>(8, 0.75f, true);

    /**
     * @param folders of releases, beside those that are found without being named
     */
    EditionShelf(Cluster cluster, EventSerdes serdes, List<Path> folders) {
        this.config = cluster.config();
        this.parts = Parts.of(config);
        this.locator = parts.locator().get();
        this.maker = new EditionMaker(parts.texts());
        this.decisions =
                DecisionReader.all(
                        cluster.client(),
                        serdes,
                        config.topics().prefix(),
                        config.release().channel());
        folders.forEach(folder -> put(ReleaseFolder.read(folder)));
        for (Path known : List.of(ReleaseFolder.shipped(), config.release().path())) {
            if (Files.isDirectory(known)) {
                put(ReleaseFolder.read(known));
            }
        }
    }

    /** The edition that a result names, open and warm. */
    ServedRelease edition(String releaseId, String bankVersion)
            throws NotRemakableException, InterruptedException {
        String key = releaseId + " " + bankVersion;
        ServedRelease known = open.get(key);
        if (known == null) {
            known = opened(edited(release(releaseId), bankVersion));
            open.put(key, known);
            closeEldest();
        }
        return known;
    }

    private Release release(String id) throws NotRemakableException {
        Release known = releases.get(id);
        if (known == null) {
            announced(id).ifPresent(this::put);
            known = releases.get(id);
        }
        if (known == null) {
            throw new NotRemakableException(
                    "release %s is not at hand; give its folder with --release-dir"
                            .formatted(id.substring(0, Math.min(12, id.length()))));
        }
        return known;
    }

    private Optional<Release> announced(String id) {
        for (ReleaseDecision decision : decisions.releases()) {
            if (decision.release().value().equals(id)) {
                try {
                    return Optional.of(
                            new AnnouncedReleases(
                                            config.release().roots(),
                                            TrustedKeys.read(config.release().trustedKeys()))
                                    .read(new Announced(decision.release(), decision.location())));
                } catch (InvalidReleaseException e) {
                    // Perhaps another announcement of it leads there.
                }
            }
        }
        return Optional.empty();
    }

    private Release edited(Release trained, String bankVersion) throws NotRemakableException {
        List<SentenceEdit> edits =
                decisions.timeline().sentences().stream().map(SentenceDecision::edit).toList();
        try {
            return maker.ofVersion(trained, edits, bankVersion)
                    .orElseThrow(
                            () ->
                                    new NotRemakableException(
                                            "release %s never had bank %s, by the edits that sentences.banked still holds"
                                                    .formatted(trained.id().brief(), bankVersion)));
        } catch (NotRemakableException e) {
            throw e;
        } catch (Exception e) {
            throw new NotRemakableException(
                    "bank %s cannot be made: %s".formatted(bankVersion, e.getMessage()));
        }
    }

    private ServedRelease opened(Release edition)
            throws NotRemakableException, InterruptedException {
        BatchPolicy policy =
                new BatchPolicy(BATCH, DELAY, config.batch().maxBytes().bytes(), NO_BARRIER);
        ImageLimits limits =
                new ImageLimits(
                        config.gate().maxBytes().bytes(),
                        config.gate().maxSide(),
                        config.gate().maxPixels(),
                        ImageLimits.DEFAULT.minSide());
        ServedRelease served =
                ServedRelease.start(
                        edition,
                        parts.opener(),
                        policy,
                        new ImageGate(limits),
                        locator,
                        parts.clock(),
                        BatchListener.NONE);
        try {
            served.ready().get();
            return served;
        } catch (ExecutionException e) {
            served.close();
            throw new NotRemakableException(
                    "release %s does not open: %s"
                            .formatted(edition.id().brief(), e.getCause().getMessage()));
        }
    }

    private void put(Release release) {
        releases.put(release.id().value(), release);
    }

    private void closeEldest() {
        if (open.size() > OPEN) {
            String eldest = open.keySet().iterator().next();
            open.remove(eldest).close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(ServedRelease::close);
    }
}
