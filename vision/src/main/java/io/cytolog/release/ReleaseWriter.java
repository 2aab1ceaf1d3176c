// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import static io.cytolog.release.ReleaseFiles.*;

import io.cytolog.image.CellPixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** Writes a release folder. The same content gives the same bytes and so the same id. */
public final class ReleaseWriter {

    private ReleaseWriter() {}

    /**
     * Writes every file and the manifest last; takes away a signature.
     *
     * @param folder made when absent; existing files of these names are replaced
     * @return the id that the manifest's digest gives
     */
    public static ReleaseId write(Path folder, ReleaseContent content) throws IOException {
        Map<String, byte[]> files = files(content);
        Map<String, String> digests = new TreeMap<>();
        Files.createDirectories(folder);
        // It would be of another manifest.
        Files.deleteIfExists(folder.resolve(SIGNATURE));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
            digests.put(file.getKey(), Digests.sha256(file.getValue()));
        }
        byte[] manifest = ReleaseJson.write(manifest(content, digests));
        Files.write(folder.resolve(MANIFEST), manifest);
        return new ReleaseId(Digests.sha256(manifest));
    }

    /**
     * Writes a release that is another one with a measurement head; a new release with an id of its
     * own.
     *
     * @param folder made when absent; not the other release's
     */
    public static ReleaseId write(Path folder, Release other, MeasurementHead head, byte[] model)
            throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(SIGNATURE));
        Manifest manifest = other.manifest();
        Map<String, String> digests = new TreeMap<>(manifest.files());
        for (String name : digests.keySet()) {
            Files.copy(
                    other.folder().resolve(name),
                    folder.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Map<String, byte[]> added =
                Map.of(head.file(), model, MEASUREMENT, ReleaseJson.write(head));
        for (Map.Entry<String, byte[]> file : added.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
            digests.put(file.getKey(), Digests.sha256(file.getValue()));
        }
        byte[] json =
                ReleaseJson.write(
                        new Manifest(
                                manifest.format(),
                                manifest.name(),
                                digests,
                                manifest.recipe(),
                                manifest.encoder(),
                                manifest.text(),
                                manifest.training()));
        Files.write(folder.resolve(MANIFEST), json);
        return new ReleaseId(Digests.sha256(json));
    }

    private static Map<String, byte[]> files(ReleaseContent content) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put(IMAGE_ENCODER, content.imageEncoder());
        files.put(TEXT_PROJECTION, content.textProjection());
        files.put(
                BANK,
                ReleaseJson.write(
                        new ReleaseJson.BankText(
                                content.bank().version(),
                                content.bank().findings(),
                                content.bank().sentences())));
        files.put(BANK_EMBEDDINGS, Vectors.write(content.bank().embeddings()));
        files.put(CALIBRATION, ReleaseJson.write(content.calibration()));
        files.put(PROTOTYPES, Vectors.write(content.prototypes()));
        files.put(GOLDEN_PIXELS, pixels(content.golden()));
        files.put(GOLDEN_EMBEDDINGS, Vectors.write(content.golden().embeddings()));
        files.put(MODEL_CARD, content.modelCard().getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static Manifest manifest(ReleaseContent content, Map<String, String> digests) {
        return new Manifest(
                Manifest.FORMAT,
                content.name(),
                digests,
                content.recipe(),
                new Manifest.Encoder(
                        IMAGE_ENCODER,
                        content.recipe().inputSide(),
                        content.bank().embeddings().getFirst().dimensions(),
                        content.orientations()),
                new Manifest.Text(TEXT_PROJECTION, content.towerName(), content.towerSha256()),
                content.training());
    }

    private static byte[] pixels(GoldenVectors golden) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (CellPixels cell : golden.pixels()) {
            out.writeBytes(cell.rgb());
        }
        return out.toByteArray();
    }
}
