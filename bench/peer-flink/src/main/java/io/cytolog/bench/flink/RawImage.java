// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.flink;

/** A captured record as Flink carries it: a record class, which Flink serialises by its fields. */
public record RawImage(byte[] key, byte[] value, int partition, long offset, long timestamp) {}
