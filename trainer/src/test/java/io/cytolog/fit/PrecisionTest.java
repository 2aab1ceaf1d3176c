// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Processors by what Linux says of them. */
class PrecisionTest {

    @Test
    void takesBfloat16WhereTheProcessorHasIt() {
        assertThat(of("flags\t\t: fpu avx512f avx512_bf16 avx512vl")).isEqualTo(Precision.BFLOAT16);
        assertThat(of("flags\t\t: fpu amx_tile amx_bf16")).isEqualTo(Precision.BFLOAT16);
        assertThat(of("Features\t: fp asimd i8mm bf16")).isEqualTo(Precision.BFLOAT16);
    }

    @Test
    void takesFloat32WhereItWouldBeEmulated() {
        assertThat(of("flags\t\t: fpu avx2 fma f16c")).isEqualTo(Precision.FLOAT32);
        assertThat(of("model name\t: bf16")).isEqualTo(Precision.FLOAT32);
        assertThat(Precision.of(List.of())).isEqualTo(Precision.FLOAT32);
    }

    private static Precision of(String line) {
        return Precision.of(List.of("processor\t: 0", line));
    }
}
