// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageKindTest {

    @ParameterizedTest
    @CsvSource({
        "AUTO,512,512,CELL",
        "AUTO,513,10,FIELD",
        "AUTO,10,513,FIELD",
        "CELL,4000,3000,CELL",
        "FIELD,64,64,FIELD"
    })
    void followsTheMetadataElseTheLongerSide(
            ImageKind stated, int width, int height, ImageKind expected) {
        assertThat(stated.resolve(width, height)).isEqualTo(expected);
    }
}
