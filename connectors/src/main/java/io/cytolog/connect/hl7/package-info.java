// Licensed under the Apache License, Version 2.0.
/**
 * A slide summary as an HL7 v2.5.1 ORU^R01 message, always preliminary. Knows HAPI and the event
 * contracts; {@code result} stands on it.
 */
@NullMarked
package io.cytolog.connect.hl7;

import org.jspecify.annotations.NullMarked;
