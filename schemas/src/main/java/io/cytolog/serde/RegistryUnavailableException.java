// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import java.io.Serial;
import org.apache.kafka.common.KafkaException;

/**
 * The registry could not be asked: nobody can say whether the record is good, so it must not be
 * turned away. The task stops and the record comes again.
 */
public final class RegistryUnavailableException extends KafkaException {

    @Serial private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
