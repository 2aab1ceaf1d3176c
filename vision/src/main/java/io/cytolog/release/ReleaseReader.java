// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import static io.cytolog.release.ReleaseFiles.*;

import io.cytolog.bank.Calibration;
import io.cytolog.bank.Matcher;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads a release folder: first the manifest and its signature, then every file against its digest,
 * only then the contents.
 */
public final class ReleaseReader {

    private static final String PLAIN_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final int MOST_DIMENSIONS = 8192;
    private static final int MOST_ORIENTATIONS = 8;
    private static final long LONGEST_FILE = 256L << 20;

    private ReleaseReader() {}

    /**
     * Reads a release whoever made it.
     *
     * @throws InvalidReleaseException when a file is missing, differs from its digest or cannot be
     *     read; the message names all such files
     */
    public static Release read(Path folder) throws InvalidReleaseException {
        return read(folder, TrustedKeys.NONE);
    }

    /**
     * Reads a release that one of the keys must have signed; with no key any release will do.
     *
     * @throws InvalidReleaseException as {@link #read(Path)}, and when there is no valid signature
     */
    public static Release read(Path folder, TrustedKeys trusted) throws InvalidReleaseException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidReleaseException(
                    "release folder %s does not exist; give a folder with a %s"
                            .formatted(folder, MANIFEST));
        }
        byte[] manifestJson = bytes(folder, MANIFEST);
        checkSignature(folder, manifestJson, trusted);
        Manifest manifest = ReleaseJson.read(MANIFEST, manifestJson, Manifest.class);
        if (manifest.format() != Manifest.FORMAT) {
            throw new InvalidReleaseException(
                    "release %s has format %d, this version reads %d; train or fetch it again"
                            .formatted(folder, manifest.format(), Manifest.FORMAT));
        }
        checkDigests(folder, manifest);
        checkEncoder(folder, manifest);
        return contents(folder, manifest, new ReleaseId(Digests.sha256(manifestJson)));
    }

    private static void checkSignature(Path folder, byte[] manifest, TrustedKeys trusted)
            throws InvalidReleaseException {
        if (trusted.isEmpty()) {
            return;
        }
        if (!Files.isRegularFile(folder.resolve(SIGNATURE))) {
            throw new InvalidReleaseException(
                    "release %s has no %s, and only signed releases are trusted here; sign it with 'release sign'"
                            .formatted(folder, SIGNATURE));
        }
        trusted.check(folder, manifest, bytes(folder, SIGNATURE));
    }

    private static void checkDigests(Path folder, Manifest manifest)
            throws InvalidReleaseException {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            String name = file.getKey();
            if (!name.matches(PLAIN_NAME)) {
                faults.add(name + " is not a plain file name");
            } else if (!Files.isRegularFile(folder.resolve(name))) {
                faults.add(name + " is missing");
            } else if (!Digests.sha256(bytes(folder, name)).equals(file.getValue())) {
                faults.add(name + " differs from its digest");
            }
        }
        for (String name : REQUIRED) {
            if (!manifest.files().containsKey(name)) {
                faults.add(name + " is not in the manifest");
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidReleaseException(
                    "release %s is damaged: %s; fetch it again"
                            .formatted(folder, String.join(", ", faults)));
        }
    }

    /** What the manifest says of the encoders must fit its own recipe and name verified files. */
    private static void checkEncoder(Path folder, Manifest manifest)
            throws InvalidReleaseException {
        Manifest.Encoder encoder = manifest.encoder();
        List<String> faults = new ArrayList<>();
        if (encoder.inputSide() != manifest.recipe().inputSide()) {
            faults.add(
                    "encoder.inputSide=%d, recipe.inputSide=%d"
                            .formatted(encoder.inputSide(), manifest.recipe().inputSide()));
        }
        if (encoder.dimensions() < 1 || encoder.dimensions() > MOST_DIMENSIONS) {
            faults.add(
                    "encoder.dimensions=%d is not 1 to %d"
                            .formatted(encoder.dimensions(), MOST_DIMENSIONS));
        }
        if (encoder.orientations() < 1 || encoder.orientations() > MOST_ORIENTATIONS) {
            faults.add(
                    "encoder.orientations=%d is not 1 to %d"
                            .formatted(encoder.orientations(), MOST_ORIENTATIONS));
        }
        for (String name : List.of(encoder.file(), manifest.text().projection())) {
            if (!manifest.files().containsKey(name)) {
                faults.add("'" + name + "' has no digest");
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidReleaseException(
                    "release %s contradicts itself: %s; train or fetch it again"
                            .formatted(folder, String.join(", ", faults)));
        }
    }

    private static Release contents(Path folder, Manifest manifest, ReleaseId id)
            throws InvalidReleaseException {
        int dimensions = manifest.encoder().dimensions();
        try {
            ReleaseJson.BankText text =
                    ReleaseJson.read(BANK, bytes(folder, BANK), ReleaseJson.BankText.class);
            SentenceBank bank =
                    new SentenceBank(
                            text.version(),
                            text.findings(),
                            text.sentences(),
                            vectors(folder, BANK_EMBEDDINGS, dimensions));
            Calibration calibration =
                    ReleaseJson.read(CALIBRATION, bytes(folder, CALIBRATION), Calibration.class);
            Matcher matcher =
                    new Matcher(bank, calibration, vectors(folder, PROTOTYPES, dimensions));
            GoldenVectors golden = golden(folder, manifest);
            return new Release(
                    id,
                    folder,
                    manifest,
                    bank,
                    matcher,
                    golden,
                    heads(folder, manifest, golden.pixels().size()),
                    false);
        } catch (IllegalArgumentException e) {
            throw new InvalidReleaseException(
                    "release %s contradicts itself: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static List<MeasurementHead> heads(Path folder, Manifest manifest, int goldenPixels)
            throws InvalidReleaseException {
        if (!manifest.files().containsKey(MEASUREMENT)) {
            return List.of();
        }
        MeasurementHead head =
                ReleaseJson.read(MEASUREMENT, bytes(folder, MEASUREMENT), MeasurementHead.class);
        if (!manifest.files().containsKey(head.file())) {
            throw new IllegalArgumentException(
                    "%s names '%s', which has no digest".formatted(MEASUREMENT, head.file()));
        }
        if (head.goldenAreas().size() != goldenPixels) {
            throw new IllegalArgumentException(
                    "%s has %d golden areas for %d golden pixels"
                            .formatted(MEASUREMENT, head.goldenAreas().size(), goldenPixels));
        }
        return List.of(head);
    }

    private static GoldenVectors golden(Path folder, Manifest manifest)
            throws InvalidReleaseException {
        int side = manifest.encoder().inputSide();
        int length = side * side * 3;
        byte[] all = bytes(folder, GOLDEN_PIXELS);
        List<CellPixels> pixels = new ArrayList<>();
        for (int from = 0; from + length <= all.length; from += length) {
            pixels.add(new CellPixels(side, Arrays.copyOfRange(all, from, from + length)));
        }
        return new GoldenVectors(
                pixels,
                vectors(folder, GOLDEN_EMBEDDINGS, manifest.encoder().dimensions()),
                GOLDEN_TOLERANCE);
    }

    private static List<Embedding> vectors(Path folder, String file, int dimensions)
            throws InvalidReleaseException {
        return Vectors.read(file, bytes(folder, file), dimensions);
    }

    private static byte[] bytes(Path folder, String name) throws InvalidReleaseException {
        Path file = folder.resolve(name);
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new InvalidReleaseException(
                        "%s has %,d bytes, the bound is %,d"
                                .formatted(file, Files.size(file), LONGEST_FILE));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidReleaseException(
                    "release file %s cannot be read; give a complete release folder"
                            .formatted(file),
                    e);
        }
    }
}
