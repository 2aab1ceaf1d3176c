// Licensed under the Apache License, Version 2.0.
package io.cytolog.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Geometry against ellipses whose size is known. */
class SilhouetteTest {

    private static final int SIDE = 64;
    private static final ErrorBounds BOUNDS =
            new ErrorBounds(
                    Map.of(
                            Quantity.CELL_AREA, new ErrorBounds.Bounds(0.9, 1.2),
                            Quantity.CELL_DIAMETER, new ErrorBounds.Bounds(0.95, 1.1)));

    @ParameterizedTest
    @CsvSource({"32, 32, 20, 20, 0", "31.3, 30.8, 22.4, 15.1, 0.7", "35.2, 29.1, 9.7, 6.2, 2.5"})
    void findsAnEllipseFinerThanItsPixels(double x, double y, double a, double b, double angle) {
        // Given
        Ellipse drawn = new Ellipse(x, y, a, b, angle);

        // When
        Region region = Region.largest(map(drawn), SIDE);

        // Then
        Ellipse found = region.ellipse();
        assertThat(region.area()).isCloseTo(drawn.area(), within(0.005 * drawn.area()));
        assertThat(found.semiMajor()).isCloseTo(a, within(0.005 * a));
        assertThat(found.semiMinor()).isCloseTo(b, within(0.005 * b));
        assertThat(found.centreX()).isCloseTo(x, within(0.02));
        assertThat(found.centreY()).isCloseTo(y, within(0.02));
        assertThat(found.circumference())
                .isCloseTo(drawn.circumference(), within(0.005 * drawn.circumference()));
        assertThat(region.misfit()).isCloseTo(0, within(0.002));
    }

    @Test
    void circumferenceOfKnownEllipses() {
        assertThat(new Ellipse(0, 0, 3, 3, 0).circumference())
                .isCloseTo(6 * Math.PI, within(1e-12));
        // 4 a E(e), with the complete elliptic integral E(0.8660254) = 1.2110560
        assertThat(new Ellipse(0, 0, 2, 1, 0).circumference())
                .isCloseTo(8 * 1.2110560, within(1e-5));
    }

    @Test
    void aSquareIsNoEllipse() {
        float[] map = new float[SIDE * SIDE];
        for (int i = 0; i < map.length; i++) {
            map[i] = i % SIDE >= 16 && i % SIDE < 48 && i / SIDE >= 16 && i / SIDE < 48 ? 1 : 0;
        }

        Silhouette square = Silhouette.of(map, new float[map.length], SIDE);

        // A square's ellipse is 4.7 % larger than the square.
        assertThat(square.body().misfit()).isCloseTo(0.045, within(0.005));
        assertThat(square.values()).doesNotContainKey(Quantity.CIRCUMFERENCE);
        assertThat(square.body().area()).isCloseTo(32 * 32, within(2.0));
    }

    @Test
    void takesTheLargestPatchAndFillsItsHoles() {
        // Given: a disc with a hole, and a small one beside it
        float[] map = map(new Ellipse(30, 30, 15, 15, 0));
        float[] hole = map(new Ellipse(30, 30, 4, 4, 0));
        float[] speck = map(new Ellipse(57, 57, 4, 4, 0));
        for (int i = 0; i < map.length; i++) {
            map[i] = Math.max(map[i] - hole[i], speck[i]);
        }

        // When
        Region region = Region.largest(map, SIDE);

        // Then
        assertThat(region.area()).isCloseTo(Math.PI * 225, within(4.0));
        assertThat(region.touchesEdge()).isFalse();
    }

    @Test
    void addsUpThePartsOfANucleus() {
        // Given: two lobes in a cell and one patch outside of it
        float[] body = map(new Ellipse(30, 30, 18, 18, 0));
        float[] one = map(new Ellipse(22, 30, 5, 5, 0));
        float[] two = map(new Ellipse(38, 30, 6, 6, 0));
        float[] stray = map(new Ellipse(58, 58, 4, 4, 0));
        float[] nucleus = new float[body.length];
        for (int i = 0; i < nucleus.length; i++) {
            nucleus[i] = Math.max(one[i], Math.max(two[i], stray[i]));
        }

        // When
        Map<Quantity, Double> values = Silhouette.of(body, nucleus, SIDE).values();

        // Then
        double area = Math.PI * (25 + 36);
        assertThat(values.get(Quantity.NUCLEUS_AREA)).isCloseTo(area, within(0.01 * area));
        assertThat(values.get(Quantity.NUCLEUS_TO_CYTOPLASM_RATIO))
                .isCloseTo(61.0 / (324 - 61), within(0.005));
    }

    @Test
    void refusesWhatMayGoOnBeyondThePicture() {
        float[] cut = map(new Ellipse(60, 30, 15, 15, 0));

        Measured measured = Silhouette.of(cut, new float[cut.length], SIDE).measured(BOUNDS);

        assertThat(measured.measurements()).isEmpty();
        assertThat(measured.flags()).containsExactly(Silhouette.TOUCHES_EDGE);
    }

    @Test
    void refusesAnOutlineThatRunsOnIntoANeighbour() {
        // Given: two discs, their outlines in one another
        float[] map = map(new Ellipse(19, 32, 12, 12, 0));
        float[] neighbour = map(new Ellipse(42, 32, 12, 12, 0));
        for (int i = 0; i < map.length; i++) {
            map[i] = Math.max(map[i], neighbour[i]);
        }

        // When
        Measured measured = Silhouette.of(map, new float[map.length], SIDE).measured(BOUNDS);

        // Then
        assertThat(measured.measurements()).isEmpty();
        assertThat(measured.flags()).containsExactly(Silhouette.IRREGULAR);
    }

    @Test
    void refusesWhatIsNoNumber() {
        float[] broken = map(new Ellipse(30, 30, 15, 15, 0));
        broken[30 * SIDE + 46] = Float.NaN;

        Measured measured = Silhouette.of(broken, broken, SIDE).measured(BOUNDS);

        assertThat(measured.measurements()).allMatch(m -> Double.isFinite(m.value()));
    }

    @Test
    void ofACellThatTheEdgeCutsNothingIsMeasured() {
        float[] disc = map(new Ellipse(30, 30, 15, 15, 0));
        Measured measured = Silhouette.of(disc, new float[disc.length], SIDE).measured(BOUNDS);

        assertThat(measured.cutByEdge().measurements()).isEmpty();
        assertThat(measured.cutByEdge().flags()).containsExactly(Silhouette.TOUCHES_EDGE);
        assertThat(Measured.NONE.cutByEdge()).isEqualTo(Measured.NONE);
    }

    @Test
    void refusesAnEmptyPicture() {
        float[] none = new float[SIDE * SIDE];

        Measured measured = Silhouette.of(none, none, SIDE).measured(BOUNDS);

        assertThat(measured.measurements()).isEmpty();
        assertThat(measured.flags()).containsExactly(Silhouette.NO_OUTLINE);
    }

    @Test
    void bringsPixelsIntoUnits() {
        // Given: a disc of 10 pixels across, pixels of 4.5 source pixels, 0.1 micrometres each
        float[] disc = map(new Ellipse(32, 32, 10, 10, 0));
        Measured measured = Silhouette.of(disc, new float[disc.length], SIDE).measured(BOUNDS);

        // When
        Measurement diameter =
                measured.enlarged(4.5).measurements().stream()
                        .filter(m -> m.quantity() == Quantity.CELL_DIAMETER)
                        .findFirst()
                        .orElseThrow()
                        .inUnits(0.1);

        // Then
        assertThat(diameter.value()).isCloseTo(9, within(0.03));
        assertThat(diameter.lower()).isCloseTo(0.95 * diameter.value(), within(1e-9));
        assertThat(diameter.upper()).isCloseTo(1.1 * diameter.value(), within(1e-9));
        assertThat(diameter.quantity().unit()).isEqualTo("um");
    }

    @Test
    void withoutThePixelsSizeOnlyRatiosAreGiven() {
        // Given
        Measurement ratio = new Measurement(Quantity.NUCLEUS_TO_CYTOPLASM_RATIO, 2, 1, 3);
        Measurement area = new Measurement(Quantity.CELL_AREA, 100, 90, 110);
        Measured measured = new Measured(java.util.List.of(ratio, area), java.util.List.of());

        // Then
        assertThat(measured.inUnits(null)).containsExactly(ratio);
        assertThat(measured.inUnits(Double.NaN)).containsExactly(ratio);
        assertThat(measured.inUnits(0.0)).containsExactly(ratio);
        assertThat(measured.inUnits(0.5))
                .containsExactly(ratio, new Measurement(Quantity.CELL_AREA, 25, 22.5, 27.5));
    }

    @Test
    void quantitiesWithoutBoundsAreNotGiven() {
        float[] disc = map(new Ellipse(32, 32, 10, 10, 0));

        Measured measured = Silhouette.of(disc, disc, SIDE).measured(BOUNDS);

        assertThat(measured.measurements())
                .extracting(Measurement::quantity)
                .containsExactly(Quantity.CELL_AREA, Quantity.CELL_DIAMETER);
    }

    @Test
    void boundsHoldTheMiddleNineteenTwentieths() {
        double[] quotients = new double[1000];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = 1 + (i - 500) / 1000.0;
        }

        ErrorBounds.Bounds bounds = ErrorBounds.of(quotients);

        assertThat(bounds.lower()).isCloseTo(0.525, within(0.002));
        assertThat(bounds.upper()).isCloseTo(1.475, within(0.002));
    }

    /** Share of each pixel that the ellipse covers, by 64 points a pixel. */
    private static float[] map(Ellipse ellipse) {
        float[] map = new float[SIDE * SIDE];
        double cos = Math.cos(ellipse.angle());
        double sin = Math.sin(ellipse.angle());
        for (int i = 0; i < map.length; i++) {
            int inside = 0;
            for (int p = 0; p < 64; p++) {
                double dx = i % SIDE + (p % 8 + 0.5) / 8 - ellipse.centreX();
                double dy = i / SIDE + (p / 8 + 0.5) / 8 - ellipse.centreY();
                double u = (dx * cos + dy * sin) / ellipse.semiMajor();
                double v = (-dx * sin + dy * cos) / ellipse.semiMinor();
                inside += u * u + v * v < 1 ? 1 : 0;
            }
            map[i] = inside / 64f;
        }
        return map;
    }
}
