// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** File names from ids that may hold anything. */
class SafeNameTest {
    @ParameterizedTest
    @CsvSource({
        "SYN-26-0001-A-1, SYN-26-0001-A-1",
        "a/b, a%2Fb",
        "../../etc/passwd, %2E.%2F..%2Fetc%2Fpasswd",
        ".hidden, %2Ehidden",
        "100%, 100%25",
        "Öl, %C3%96l",
        "a b:c, a%20b%3Ac",
        "nul, %nul",
        "CON.1, %CON.1",
        "'', %",
    })
    void keepsPlainIdsAndEncodesTheRest(String id, String name) {
        assertThat(SafeName.of(id)).isEqualTo(name);
    }

    @Test
    void shortensALongIdAndKeepsItUnique() {
        // Given
        String one = "x".repeat(500) + "1";
        String two = "x".repeat(500) + "2";
        // Then
        assertThat(SafeName.of(one)).hasSizeLessThan(120).isNotEqualTo(SafeName.of(two));
    }
}
