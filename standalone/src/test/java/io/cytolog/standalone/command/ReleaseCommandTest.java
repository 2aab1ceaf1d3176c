// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.release.ReleaseId;
import io.cytolog.standalone.TinyRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code release keygen|sign|verify}: what they do and how they refuse. */
class ReleaseCommandTest {

    @TempDir Path work;

    private Path release;
    private Path keys;
    private ReleaseId id;

    @BeforeEach
    void makeReleaseAndKeys() throws IOException {
        release = work.resolve("release");
        keys = work.resolve("keys");
        id = TinyRelease.write(release);
        assertThat(Run.of("release", "keygen", "--out", keys).exitCode()).isZero();
    }

    private Run sign() {
        return Run.of(
                "release",
                "sign",
                "--release",
                release,
                "--key",
                keys.resolve("release-signing.key"));
    }

    private Run verify() {
        return Run.of(
                "release",
                "verify",
                "--release",
                release,
                "--trusted-key",
                keys.resolve("release-signing.pub"));
    }

    @Test
    void verifiesWhatItSigned() {
        // When
        Run signed = sign();

        // Then
        assertThat(signed.output()).containsExactly("signed " + id);
        Run verified = verify();
        assertThat(verified.errors()).isEmpty();
        assertThat(verified.output())
                .singleElement()
                .asString()
                .startsWith(id.value())
                .contains("signed by a trusted key", "golden vectors within");
    }

    @Test
    void refusesAnUnsignedReleaseInOneLine() {
        Run run = verify();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains("has no manifest.sig");
    }

    @Test
    void refusesToSignADamagedReleaseInOneLine() throws IOException {
        // Given
        Files.writeString(release.resolve("bank.json"), "{}");

        // Then
        Run run = sign();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains("bank.json differs");
    }

    @Test
    void refusesToReplaceKeys() {
        Run run = Run.of("release", "keygen", "--out", keys);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains("already holds");
    }

    @Test
    void namesItsCommandsWhenGivenNone() {
        Run run = Run.of("release");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains("keygen", "sign", "verify");
    }
}
