// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;

/**
 * The two faces of a message's schema: as Java reads it, and as the registry holds it. Stateless.
 */
final class EventModel {

    static {
        TrustedEvents.establish();
    }

    private EventModel() {}

    /** The schema that a value of {@code type} is read into, Java's own properties included. */
    static Schema readerSchema(Class<?> type) {
        return SpecificData.get().getSchema(type);
    }

    static SpecificData dataOf(Class<?> type) {
        return SpecificData.getForClass(type);
    }

    /** The contract as the registry holds it: the same for readers in every language. */
    static Schema contract(Class<?> type) {
        try {
            JsonNode json = new JsonMapper().readTree(readerSchema(type).toString());
            withoutJavaStrings(json);
            return new Schema.Parser().parse(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("schema of %s".formatted(type.getName()), e);
        }
    }

    private static void withoutJavaStrings(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
        }
        node.forEach(EventModel::withoutJavaStrings);
    }
}
