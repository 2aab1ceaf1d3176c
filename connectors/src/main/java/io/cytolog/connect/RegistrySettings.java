// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect;

import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Registration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The part of a connector's configuration that leads to the schema registry. */
public final class RegistrySettings {
    public static final String PREFIX = "schema.registry.";
    public static final String URL = PREFIX + "url";
    public static final String REGISTER = "schema.auto.register";

    private RegistrySettings() {}

    public static ConfigDef addTo(ConfigDef definition) {
        return definition
                .define(
                        URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        """
                        Address of the schema registry; several, separated by commas, are tried in \
                        turn. Other keys that begin with schema.registry. go to its client.\
                        """)
                .define(
                        REGISTER,
                        Type.BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether the connector may register the contract of its topic.");
    }

    public static EventSerdes serdes(AbstractConfig config) {
        Registration registration =
                config.getBoolean(REGISTER) ? Registration.AUTOMATIC : Registration.BEFOREHAND;
        Map<String, String> client = new HashMap<>();
        config.originalsWithPrefix(PREFIX)
                .forEach((key, value) -> client.put(key, String.valueOf(value)));
        client.remove("url");
        return new EventSerdes(config.getString(URL), registration, client);
    }
}
