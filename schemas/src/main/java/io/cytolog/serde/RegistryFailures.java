// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/** What an answer of the registry means, said once for readers and writers. */
final class RegistryFailures {

    private static final int CONFLICT = 409;

    /** Subject, version and schema not found: said by a registry, unlike a wrong path's 404. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

    private RegistryFailures() {}

    /** Whether the registry knows no such schema, which is the record's fault and not ours. */
    static boolean isUnknown(RestClientException answer) {
        return NOT_FOUND.contains(answer.getErrorCode());
    }

    static KafkaException onWrite(String subject, String schema, RestClientException answer) {
        if (answer.getStatus() == CONFLICT) {
            return new InvalidConfigurationException(
                    """
                    %s: the registry refuses schema %s as incompatible with an earlier version \
                    (%s); run the release that wrote the topic or change the schema\
                    """
                            .formatted(subject, schema, answer.getMessage()),
                    answer);
        }
        if (isUnknown(answer)) {
            return new InvalidConfigurationException(
                    """
                    %s: schema %s is not registered; register the contracts first or let the \
                    serializer do it\
                    """
                            .formatted(subject, schema),
                    answer);
        }
        return refused(subject, answer);
    }

    static RegistryUnavailableException refused(String subject, RestClientException answer) {
        return new RegistryUnavailableException(
                "%s: the schema registry answered %d (%s); check its address, credentials and log"
                        .formatted(subject, answer.getStatus(), answer.getMessage()),
                answer);
    }

    static RegistryUnavailableException unreachable(String subject, IOException cause) {
        return new RegistryUnavailableException(
                "%s: the schema registry cannot be reached (%s); check its address and that it runs"
                        .formatted(subject, cause.getMessage()),
                cause);
    }
}
