// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outlines of drawn cells. */
class OutlinedCellTest {

    @ParameterizedTest
    @EnumSource(
            value = CellKind.class,
            names = {"RED_CELL", "PLATELET"},
            mode = EnumSource.Mode.EXCLUDE)
    void nucleusLiesInTheCell(CellKind kind) {
        OutlinedCell cell = new SmearRenderer(3).renderOutlined(kind, 5, 10);

        for (int i = 0; i < cell.body().length; i++) {
            assertThat(cell.nucleus()[i]).isLessThanOrEqualTo(cell.body()[i] + 1e-6f);
        }
        assertThat(cell.nucleusArea()).isBetween(0.1 * cell.bodyArea(), 0.95 * cell.bodyArea());
    }

    @Test
    void areaGrowsWithTheSquareOfTheScale() {
        double small = new SmearRenderer(3).renderOutlined(CellKind.LYMPHOCYTE, 1, 6).bodyArea();
        double large = new SmearRenderer(3).renderOutlined(CellKind.LYMPHOCYTE, 1, 12).bodyArea();

        assertThat(large / small).isCloseTo(4, within(0.02));
    }

    @Test
    void areaOfADiscIsKnown() {
        Place place = new Place(CellKind.BLAST, 50.3, 49.8, 30, 10, 1);
        float[] shares = Coverage.of(Outline.ellipse(0, 0, 1, 0.8, 0.4), place, 100);

        double area = 0;
        for (float share : shares) {
            area += share;
        }
        assertThat(area).isCloseTo(Math.PI * 30 * 24, within(0.002 * Math.PI * 30 * 24));
    }
}
