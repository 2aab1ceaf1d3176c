// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import io.cytolog.connect.RegistrySettings;
import io.cytolog.connect.hl7.Hl7Parties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The file sink's configuration. Immutable. */
final class SlideFileSinkConfig extends AbstractConfig {
    static final String OUT = "out";
    static final String FACILITY = "hl7.sending.facility";
    static final String RECEIVER = "hl7.receiving.application";
    static final String RECEIVING_FACILITY = "hl7.receiving.facility";
    static final String PROCESSING = "hl7.processing.id";

    static final ConfigDef DEFINITION = definition();

    SlideFileSinkConfig(Map<String, String> originals) {
        super(DEFINITION, originals, false);
    }

    Path out() {
        return Path.of(getString(OUT));
    }

    Hl7Parties parties() {
        return new Hl7Parties(
                getString(FACILITY),
                getString(RECEIVER),
                getString(RECEIVING_FACILITY),
                getString(PROCESSING));
    }

    private static ConfigDef definition() {
        ConfigDef definition =
                new ConfigDef()
                        .define(
                                OUT,
                                Type.STRING,
                                ConfigDef.NO_DEFAULT_VALUE,
                                SlideFileSinkConfig::checkOut,
                                Importance.HIGH,
                                "Folder for the results; made if it is missing.")
                        .define(
                                PROCESSING,
                                Type.STRING,
                                "T",
                                ValidString.in("T", "D", "P"),
                                Importance.MEDIUM,
                                "MSH-11: T training, D debugging, P production.");
        for (String key : new String[] {FACILITY, RECEIVER, RECEIVING_FACILITY}) {
            definition.define(
                    key,
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "Name in the message header; may be empty.");
        }
        return RegistrySettings.addTo(definition);
    }

    private static void checkOut(String name, @Nullable Object value) {
        String out = String.valueOf(value);
        boolean taken = Files.exists(Path.of(out)) && !Files.isDirectory(Path.of(out));
        if (value == null || out.isBlank() || taken) {
            throw new ConfigException(
                    "%s=%s cannot be a folder; name one that exists or may be made"
                            .formatted(OUT, out));
        }
    }
}
