// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.hl7;

/**
 * Who sends to whom, as the interface engine knows them; empty parts stay empty in the message.
 *
 * @param sendingFacility MSH-4
 * @param receivingApplication MSH-5
 * @param receivingFacility MSH-6
 * @param processingId MSH-11: T training, D debugging, P production
 */
public record Hl7Parties(
        String sendingFacility,
        String receivingApplication,
        String receivingFacility,
        String processingId) {
    public Hl7Parties {
        if (!processingId.matches("[TDP]")) {
            throw new IllegalArgumentException(
                    "processingId=%s is not T, D or P".formatted(processingId));
        }
    }
}
