// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How maps are cut, against rules that are written out differently. */
class WindowsTest {

    @ParameterizedTest
    @CsvSource({"2, 4", "3, 4", "4, 4", "6, 4", "8, 4", "3, 2", "7, 2"})
    void everyPositionHasItsPlaceInBothCuts(int side, int window) {
        for (boolean shifted : new boolean[] {false, true}) {
            // When
            Windows windows = Windows.of(side, window, shifted);

            // Then
            int[] back = Arrays.stream(windows.places()).map(p -> windows.order()[p]).toArray();
            assertThat(back).isEqualTo(IntStream.range(0, side * side).toArray());
        }
    }

    /** Two real positions meet exactly when their windows, drawn on the unrolled map, are one. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 8, 9})
    void positionsMeetWithinTheirShiftedWindowOnly(int side) {
        // Given
        Windows windows = Windows.of(side, Windows.SIDE, true);
        int clipped = Math.min(Windows.SIDE, side);
        int shift = side > clipped ? clipped / 2 : 0;

        for (int a = 0; a < side * side; a++) {
            for (int b = 0; b < side * side; b++) {
                // Then
                boolean same =
                        (a / side + clipped - shift) / clipped
                                        == (b / side + clipped - shift) / clipped
                                && (a % side + clipped - shift) / clipped
                                        == (b % side + clipped - shift) / clipped;
                assertThat(meet(windows, a, b)).as("%d and %d of %d", a, b, side).isEqualTo(same);
            }
        }
    }

    @Test
    void paddingIsAttendedToByNobody() {
        // Given: 3 positions in windows of 2 leave a row and a column of padding
        Windows windows = Windows.of(3, 2, false);

        // Then
        boolean[] real = new boolean[windows.order().length];
        Arrays.stream(windows.places()).forEach(place -> real[place] = true);
        for (int asked = 0; asked < real.length; asked++) {
            for (int asking = 0; asking < windows.area(); asking++) {
                if (!real[asked]) {
                    int from = asked / windows.area() * windows.area() + asking;
                    int at = from * windows.area() + asked % windows.area();
                    assertThat(windows.barred()[at]).isEqualTo(Windows.NEVER);
                }
            }
        }
    }

    @Test
    void oneTableServesAllSizesByOffset() {
        // Given
        Windows small = Windows.of(2, Windows.SIDE, false);
        Windows large = Windows.of(4, Windows.SIDE, false);

        // Then: from the first position to its right neighbour, and to the one below
        assertThat(small.offsets()[1]).isEqualTo(large.offsets()[1]);
        assertThat(small.offsets()[2]).isEqualTo(large.offsets()[4]);
        assertThat(Arrays.stream(large.offsets()).distinct().count()).isEqualTo(49);
        assertThat(Arrays.stream(large.offsets()).max()).hasValue(Windows.OFFSETS - 1);
    }

    @Test
    void smallMapsAreOneWindowWithNothingBarred() {
        for (int side = 1; side <= Windows.SIDE; side++) {
            Windows windows = Windows.of(side, Windows.SIDE, true);
            assertThat(windows.whole()).isTrue();
            assertThat(windows.barred()).isEmpty();
            assertThat(windows.order()).isEqualTo(IntStream.range(0, side * side).toArray());
        }
    }

    private static boolean meet(Windows windows, int a, int b) {
        int area = windows.area();
        int asking = windows.places()[a];
        int asked = windows.places()[b];
        if (asking / area != asked / area) {
            return false;
        }
        return windows.barred().length == 0 || windows.barred()[asking * area + asked % area] == 0;
    }
}
