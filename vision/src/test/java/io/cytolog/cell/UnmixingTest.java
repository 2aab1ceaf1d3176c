// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UnmixingTest {

    private static final double[] BLUE = {0.834750233, 0.513556283, 0.196330403};
    private static final double[] EOSIN = {0.092789, 0.954111, 0.283111};

    @Test
    void givesTheAmountOfOneStainWhateverTheOther() {
        // Given
        double[] weights = Unmixing.weights(BLUE, EOSIN);
        double[] blue = Unmixing.unit(BLUE);
        double[] eosin = Unmixing.unit(EOSIN);

        // Then
        for (double other : new double[] {0, 0.4, 3}) {
            double[] mixed = new double[3];
            for (int i = 0; i < 3; i++) {
                mixed[i] = 0.7 * blue[i] + other * eosin[i];
            }
            assertThat(Unmixing.dot(weights, mixed)).isEqualTo(0.7, Offset.offset(1e-9));
        }
    }
}
