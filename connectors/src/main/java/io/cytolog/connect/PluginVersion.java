// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the build, as Connect's REST API shows it beside each plugin. */
public final class PluginVersion {
    private static final String RESOURCE = "connectors.properties";

    private PluginVersion() {}

    public static String current() {
        var properties = new Properties();
        try (InputStream in = PluginVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the plugin's jar");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
