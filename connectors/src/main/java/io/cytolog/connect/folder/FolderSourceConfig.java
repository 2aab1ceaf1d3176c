// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import io.cytolog.connect.RegistrySettings;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageKind;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The folder source's configuration: its keys, their bounds and how they read. Immutable. */
final class FolderSourceConfig extends AbstractConfig {
    static final String FOLDER = "folder";
    static final String TOPIC = "topic";
    static final String PATH_RULE = "path.rule";
    static final String SLIDE_ID = "slide.id";
    static final String GLOB = "file.glob";
    static final String KIND = "image.kind";
    static final String STABLE_MS = "stable.ms";
    static final String SCAN_MS = "scan.interval.ms";
    static final String MAX_INLINE = "max.inline.bytes";
    static final String MAX_FILE = "max.file.bytes";
    static final String MAX_POLL_FILES = "max.poll.files";
    static final String MAX_POLL_BYTES = "max.poll.bytes";
    static final String RETRY_MS = "retry.backoff.ms";
    static final String RETRY_MAX_MS = "retry.backoff.max.ms";
    static final String FORGET_MS = "forget.after.ms";
    static final String SCANNER = "scanner";
    static final String STAIN = "stain";
    static final String OBJECTIVE = "objective";
    static final String MICRONS = "microns.per.pixel";

    /** Set by the connector for its tasks, not by a person. */
    static final String LANES = "task.lanes";

    private static final String IMAGES = "*.{jpg,jpeg,png,tif,tiff,bmp}";

    static final ConfigDef DEFINITION = definition();

    FolderSourceConfig(Map<String, String> originals) {
        super(DEFINITION, originals, false);
    }

    /** The root with links resolved, so that what lies under it can be told from what does not. */
    Path root() {
        try {
            return Path.of(getString(FOLDER)).toRealPath();
        } catch (java.io.IOException e) {
            throw noFolder(getString(FOLDER));
        }
    }

    /** The root as it was configured: names the stored offsets, also when a mount moves. */
    String rootKey() {
        return Path.of(getString(FOLDER)).toAbsolutePath().normalize().toString();
    }

    Topic<ImageCaptured> topic() {
        Topic<ImageCaptured> known = Topics.IMAGES_CAPTURED;
        return new Topic<>(
                getString(TOPIC),
                known.value(),
                known.key(),
                known.permanent(),
                known.maxRecordBytes());
    }

    PathRule pathRule() {
        Path name = Path.of(rootKey()).getFileName();
        return PathRule.of(getString(PATH_RULE), name == null ? "root" : name.toString());
    }

    boolean qualifiedSlides() {
        return getString(SLIDE_ID).equals("qualified");
    }

    ImageKind kind() {
        return ImageKind.valueOf(getString(KIND));
    }

    Lanes lanes() {
        List<String> lanes = getList(LANES);
        return lanes.isEmpty() ? Lanes.all() : Lanes.parse(lanes);
    }

    Duration millis(String key) {
        return Duration.ofMillis(getLong(key));
    }

    @Nullable String text(String key) {
        String text = getString(key);
        return text.isEmpty() ? null : text;
    }

    @Nullable Double number(String key) {
        double number = getDouble(key);
        return number == 0 ? null : number;
    }

    private static ConfigDef definition() {
        ConfigDef definition =
                new ConfigDef()
                        .define(
                                FOLDER,
                                Type.STRING,
                                ConfigDef.NO_DEFAULT_VALUE,
                                FolderSourceConfig::checkFolder,
                                Importance.HIGH,
                                "Folder whose tree is watched for images.")
                        .define(
                                TOPIC,
                                Type.STRING,
                                Topics.IMAGES_CAPTURED.name(),
                                new ConfigDef.NonEmptyString(),
                                Importance.HIGH,
                                "Topic that images are published on.")
                        .define(
                                PATH_RULE,
                                Type.STRING,
                                "",
                                PathRule.VALIDATOR,
                                Importance.MEDIUM,
                                """
                                Regular expression over the path below the folder, with the named \
                                groups slide and optionally accession, specimen, field, priority. \
                                Empty: the last three folders are accession, specimen and slide.\
                                """)
                        .define(
                                SLIDE_ID,
                                Type.STRING,
                                "plain",
                                ValidString.in("plain", "qualified"),
                                Importance.MEDIUM,
                                """
                                plain: the slide id is what the path rule calls slide, and must be \
                                unique in the laboratory. qualified: accession/specimen/slide.\
                                """)
                        .define(
                                GLOB,
                                Type.STRING,
                                IMAGES,
                                FolderSourceConfig::checkGlob,
                                Importance.MEDIUM,
                                "Which file names are images; case does not matter.")
                        .define(
                                KIND,
                                Type.STRING,
                                "AUTO",
                                ValidString.in("AUTO", "CELL", "FIELD"),
                                Importance.MEDIUM,
                                "What the images show: CELL, FIELD, or AUTO to decide by size.");
        limits(definition);
        origin(definition);
        return RegistrySettings.addTo(definition);
    }

    private static void limits(ConfigDef definition) {
        number(definition, STABLE_MS, 500, 0, 3_600_000, "How long a file must rest, ms.");
        number(definition, SCAN_MS, 250, 1, 3_600_000, "Least time between scans, ms.");
        number(
                definition,
                MAX_INLINE,
                Topics.MAX_INLINE_BYTES,
                0,
                Topics.MAX_INLINE_BYTES,
                "Longest image that travels inside its record; a longer one goes by file: URI.");
        number(
                definition,
                MAX_FILE,
                256L << 20,
                1,
                Long.MAX_VALUE,
                "Longer files go by pointer too, with a warning: the gate rejects them.");
        number(definition, MAX_POLL_FILES, 64, 1, 10_000, "Most images in one batch.");
        number(
                definition,
                MAX_POLL_BYTES,
                16L << 20,
                1,
                1L << 30,
                "Bytes read after which a batch is closed.");
        number(definition, RETRY_MS, 1_000, 1, 3_600_000, "First wait on an unreadable file, ms.");
        number(definition, RETRY_MAX_MS, 60_000, 1, 3_600_000, "Longest wait on such a file, ms.");
        number(
                definition,
                FORGET_MS,
                86_400_000L,
                0,
                Long.MAX_VALUE / 1_000_000,
                "How long a file must be gone before its offset entry is dropped, ms.");
    }

    private static void origin(ConfigDef definition) {
        for (String key : List.of(SCANNER, STAIN)) {
            definition.define(
                    key, Type.STRING, "", Importance.LOW, "The same for all images; may be empty.");
        }
        for (String key : List.of(OBJECTIVE, MICRONS)) {
            definition.define(
                    key,
                    Type.DOUBLE,
                    0.0,
                    Range.atLeast(0),
                    Importance.LOW,
                    "The same for all images; 0 when it is not known.");
        }
        definition.defineInternal(LANES, Type.LIST, List.of(), Importance.LOW);
    }

    private static void number(
            ConfigDef definition, String key, long standard, long least, long most, String doc) {
        definition.define(
                key, Type.LONG, standard, Range.between(least, most), Importance.LOW, doc);
    }

    private static void checkFolder(String name, @Nullable Object value) {
        String folder = String.valueOf(value);
        if (value == null || folder.isBlank() || !Files.isDirectory(Path.of(folder))) {
            throw noFolder(folder);
        }
    }

    private static void checkGlob(String name, Object value) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + value);
        } catch (PatternSyntaxException e) {
            throw new ConfigException(name, value, "give a glob such as " + IMAGES);
        }
    }

    private static ConfigException noFolder(String folder) {
        return new ConfigException(
                """
                %s=%s is not a folder on this worker; create it, mount it or correct the path\
                """
                        .formatted(FOLDER, folder));
    }
}
