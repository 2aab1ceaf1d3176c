// Licensed under the Apache License, Version 2.0.
package io.cytolog.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoresetTest {

    @Test
    void takesTheFarthestRowsOfEachCluster() {
        List<float[]> rows = List.of(at(0), at(2), at(1), at(90), at(91), at(180), at(3));

        List<float[]> taken = Coreset.of(rows, 3);

        assertThat(taken).containsExactly(at(0), at(180), at(90));
    }

    @Test
    void leavesNoRowFarFromOneThatWasTaken() {
        Random random = new Random(5);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(at(random.nextDouble() * 360));
        }

        List<float[]> taken = Coreset.of(rows, 24);

        double within = Math.cos(Math.toRadians(360.0 / 24));
        assertThat(rows)
                .allMatch(row -> taken.stream().anyMatch(t -> Prototypes.dot(t, row) >= within));
    }

    @Test
    void takesEveryRowOnceWhereThereAreFew() {
        List<float[]> rows = List.of(at(10), at(20), at(10));

        assertThat(Coreset.of(rows, 10)).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static float[] at(double degrees) {
        double angle = Math.toRadians(degrees);
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }
}
