// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.flink;

/** A result ready to be written. */
public record RawResult(byte[] key, byte[] value) {}
