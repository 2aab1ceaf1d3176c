// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoxTest {

    @Test
    void overlapsAsIntersectionOverUnion() {
        Box box = new Box(0, 0, 10, 10);
        assertThat(box.overlap(box)).isEqualTo(1);
        assertThat(box.overlap(new Box(5, 0, 10, 10))).isEqualTo(50.0 / 150);
        assertThat(box.overlap(new Box(10, 0, 10, 10))).isZero();
        assertThat(box.overlap(new Box(100_000, 100_000, 60_000, 60_000))).isZero();
    }

    @Test
    void refusesAnEmptyOrOutsideBox() {
        assertThatThrownBy(() -> new Box(0, 0, 0, 1)).hasMessageContaining("0,0 0x1");
        assertThatThrownBy(() -> new Box(-1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
