// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.ReleaseFiles;
import io.cytolog.release.ReleaseId;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies of a release under other names, signed with two keys in turn, and some that must be
 * refused. More good ones than the stream-app keeps open, so that each swap loads and closes one.
 *
 * @param root below which they all lie
 */
record SwapReleases(Path root, List<Copy> good, List<Copy> bad, List<Path> trustedKeys) {

    private static final int GOOD = 6;

    /** A folder and the id to announce it under. */
    record Copy(Path folder, ReleaseId id, String what) {

        String location() {
            return folder.toUri().toString();
        }
    }

    static SwapReleases make(Path source, Path root) throws IOException {
        List<Path> keys = List.of(root.resolve("keys/one"), root.resolve("keys/other"));
        Path stranger = root.resolve("keys/stranger");
        SigningKeys.generate(keys.get(0));
        SigningKeys.generate(keys.get(1));
        SigningKeys.generate(stranger);
        List<Copy> good = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            good.add(signed(source, root.resolve("good-" + i), keys.get(i % 2)));
        }
        return new SwapReleases(
                root,
                good,
                bad(source, root, keys.get(0), stranger),
                keys.stream().map(key -> key.resolve(SigningKeys.PUBLIC_FILE)).toList());
    }

    private static List<Copy> bad(Path source, Path root, Path key, Path stranger)
            throws IOException {
        Copy unsigned =
                new Copy(
                        root.resolve("unsigned"),
                        copy(source, root.resolve("unsigned")),
                        "unsigned");
        Copy foreign = signed(source, root.resolve("foreign"), stranger);
        Copy damaged = signed(source, root.resolve("damaged"), key);
        Files.writeString(damaged.folder().resolve(ReleaseFiles.BANK), "{}");
        Copy other = signed(source, root.resolve("other"), key);
        return List.of(
                unsigned,
                new Copy(foreign.folder(), foreign.id(), "signed by a stranger"),
                new Copy(damaged.folder(), damaged.id(), "damaged"),
                new Copy(
                        other.folder(), new ReleaseId("f".repeat(64)), "another id than announced"),
                new Copy(root.resolve("nowhere"), new ReleaseId("e".repeat(64)), "missing"));
    }

    private static Copy signed(Path source, Path folder, Path keys) throws IOException {
        ReleaseId id = copy(source, folder);
        try {
            SigningKeys.sign(folder, keys.resolve(SigningKeys.PRIVATE_FILE));
        } catch (InvalidReleaseException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new Copy(folder, id, "good");
    }

    /**
     * The same files; the manifest has the folder's name in place of its own, and so another id.
     */
    private static ReleaseId copy(Path source, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path manifest = folder.resolve(ReleaseFiles.MANIFEST);
        String name = "\"name\" : \"%s\"".formatted(folder.getFileName());
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("\"name\" : \"[^\"]*\"", name));
        Files.deleteIfExists(folder.resolve(ReleaseFiles.SIGNATURE));
        try {
            return ReleaseReader.read(folder).id();
        } catch (InvalidReleaseException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
