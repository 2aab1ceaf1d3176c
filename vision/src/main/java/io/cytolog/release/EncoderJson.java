// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a manifest says of the image encoder; orientations are left out where there is but one. */
final class EncoderJson {

    private static final String ORIENTATIONS = "orientations";

    private EncoderJson() {}

    /**
     * @param strict reads and writes every setting
     */
    static SimpleModule module(JsonMapper strict) {
        return LaterSettings.module(
                strict, Manifest.Encoder.class, EncoderJson::written, EncoderJson::completed);
    }

    private static ObjectNode written(ObjectNode encoder) {
        if (encoder.path(ORIENTATIONS).asInt() == 1) {
            encoder.remove(ORIENTATIONS);
        }
        return encoder;
    }

    private static ObjectNode completed(ObjectNode encoder) {
        if (!encoder.has(ORIENTATIONS)) {
            encoder.put(ORIENTATIONS, 1);
        }
        return encoder;
    }
}
