// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.LogicalTypeFactory;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Puts the generated messages on Avro's list of classes that it may instantiate. Avro loads this as
 * a service before it parses its first schema, so that even a program that only builds a message
 * needs no system property. The logical type it offers is a pretext, used by no contract.
 */
public final class TrustedEvents implements LogicalTypeFactory {

    private static final String EVENTS = "io.cytolog.event";
    private static final String PRETEXT = "cytolog-trusted-events";

    static {
        // The list is global to the JVM: ours is put beside whatever was there, once.
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.getGlobal(),
                        type -> type.getPackageName().equals(EVENTS)));
    }

    static void establish() {
        // Loading the class has done it, also where Avro's service loader did not see us.
    }

    @Override
    public String getTypeName() {
        return PRETEXT;
    }

    @Override
    public LogicalType fromSchema(Schema schema) {
        return new LogicalType(PRETEXT);
    }
}
