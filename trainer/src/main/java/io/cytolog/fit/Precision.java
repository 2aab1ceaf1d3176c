// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** In what large products of a training compute. Weights and all else are float32. */
public enum Precision {
    /** Half the bits of a float32 and its range: about half the time, where a processor has it. */
    BFLOAT16,
    /** For processors on which bfloat16 is emulated, which takes many times as long. */
    FLOAT32;

    /** Instructions for bfloat16, as Linux names them: two of x86, one of ARM. */
    private static final Set<String> FLAGS = Set.of("avx512_bf16", "amx_bf16", "bf16");

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    /** What this machine's processor is quicker in; float32 where it does not say. */
    public static Precision ofProcessor() {
        try {
            return of(Files.readAllLines(PROCESSOR));
        } catch (IOException e) {
            return FLOAT32;
        }
    }

    /**
     * @param lines of Linux's description of a processor
     */
    static Precision of(List<String> lines) {
        return lines.stream()
                        .filter(line -> line.matches("(flags|Features)\\s*:.*"))
                        .map(line -> Arrays.asList(line.split("\\s+")))
                        .flatMap(Collection::stream)
                        .anyMatch(FLAGS::contains)
                ? BFLOAT16
                : FLOAT32;
    }
}
