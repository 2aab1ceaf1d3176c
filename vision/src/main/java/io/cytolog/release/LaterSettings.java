// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Settings that came later are left out where they change nothing, so that a release keeps its
 * bytes, and so its id, when a setting is added, and older ones can be read.
 */
final class LaterSettings {

    private LaterSettings() {}

    /**
     * @param strict reads and writes every setting
     * @param written takes away what changes nothing
     * @param completed adds what is missing
     */
    static <T> SimpleModule module(
            JsonMapper strict,
            Class<T> type,
            UnaryOperator<ObjectNode> written,
            UnaryOperator<ObjectNode> completed) {
        return new SimpleModule("later settings of " + type.getSimpleName())
                .addSerializer(
                        type,
                        new JsonSerializer<>() {
                            @Override
                            public void serialize(
                                    T value, JsonGenerator json, SerializerProvider provider)
                                    throws IOException {
                                json.writeTree(written.apply(strict.valueToTree(value)));
                            }
                        })
                .addDeserializer(
                        type,
                        new JsonDeserializer<>() {
                            @Override
                            public T deserialize(JsonParser json, DeserializationContext context)
                                    throws IOException {
                                TreeNode read = json.readValueAsTree();
                                if (!(read instanceof ObjectNode settings)) {
                                    return context.reportInputMismatch(type, "is no object");
                                }
                                return strict.treeToValue(completed.apply(settings), type);
                            }
                        });
    }
}
