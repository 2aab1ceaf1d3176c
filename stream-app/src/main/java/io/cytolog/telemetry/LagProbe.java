// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

/** Reads the lag once. Used by one thread. */
public interface LagProbe extends AutoCloseable {

    /**
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer in time
     * @throws InterruptedException when the wait is broken off
     */
    Lag read() throws InterruptedException;

    @Override
    void close();
}
