// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cytolog.content.FaultyDoor.Fault;
import io.cytolog.image.RejectedImageException;
import io.cytolog.image.RejectionReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects read, refused and waited for, against a real S3 server that checks signatures. */
@Timeout(120)
class S3ContentTest {

    private static final int BOUND = 100_000;
    private static final byte[] IMAGE = bytes(50_000);

    @TempDir private static Path folder;
    private static S3Server server;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(folder);
        server.bucket("fields");
        server.bucket("archive");
        server.put("fields", "26-0001/A 1/füld+1.jpg", IMAGE);
        server.put("fields", "bound", bytes(BOUND));
        server.put("fields", "beyond", bytes(BOUND + 1));
        server.put("archive", "lab/one", IMAGE);
        server.put("archive", "lab-secret/one", IMAGE);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void readsAnObjectWhoseKeyIsPercentEncoded() throws Exception {
        try (S3Content content = content(server.port())) {
            assertThat(fetch(content, "s3://fields/26-0001/A%201/f%C3%BCld+1.jpg"))
                    .isEqualTo(IMAGE);
        }
    }

    @Test
    void readsAnObjectOfExactlyTheBound() throws Exception {
        try (S3Content content = content(server.port())) {
            assertThat(fetch(content, "s3://fields/bound")).hasSize(BOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3://fields/beyond,            TOO_MANY_BYTES",
        "s3://fields/nothing,           CONTENT_UNAVAILABLE",
        "s3://archive/lab/nothing,      CONTENT_UNAVAILABLE",
        "s3://absent/one,               CONTENT_UNAVAILABLE",
        "s3://others/one,               URI_NOT_ALLOWED",
        "s3://archive/one,              URI_NOT_ALLOWED",
        "s3://archive/lab-secret/one,   URI_NOT_ALLOWED",
        "s3://archive/lab/../lab-secret/one, URI_NOT_ALLOWED",
        "s3://archive/lab/%2e%2e/lab-secret/one, URI_NOT_ALLOWED",
        "s3://archive/lab//one,         URI_NOT_ALLOWED",
        "s3://fields,                   URI_NOT_ALLOWED",
        "s3://fields/,                  URI_NOT_ALLOWED",
        "s3://fields/bound?versionId=1, URI_NOT_ALLOWED",
        "s3:fields/bound,               URI_NOT_ALLOWED",
    })
    void turnsAwayWhatIsNotThereOrNotAllowed(String uri, RejectionReason reason) throws Exception {
        // Given
        try (S3Content content = content(server.port())) {

            // When
            var refusal =
                    catchThrowableOfType(RejectedImageException.class, () -> fetch(content, uri));

            // Then
            assertThat(refusal.rejection().reason()).isEqualTo(reason);
            assertThat(refusal.rejection().detail()).contains(uri);
        }
    }

    @Test
    void readsWhatIsInThePartOfABucketThatIsAllowed() throws Exception {
        try (S3Content content = content(server.port())) {
            assertThat(fetch(content, "s3://archive/lab/one")).isEqualTo(IMAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER_ERROR", "STALL", "CUT"})
    void triesAgainUntilTheStoreAnswers(Fault fault) throws Exception {
        // Given: the first two attempts fail.
        try (FaultyDoor door = new FaultyDoor(server.port(), fault, fault);
                S3Content content = content(door.port())) {

            // When
            byte[] read = fetch(content, "s3://archive/lab/one");

            // Then
            assertThat(read).isEqualTo(IMAGE);
            assertThat(door.connections()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER_ERROR", "STALL", "CUT"})
    void failsAsOursWhenTheStoreIsDown(Fault fault) throws Exception {
        // Given
        try (FaultyDoor door = new FaultyDoor(server.port(), fault, fault, fault, fault);
                S3Content content = content(door.port())) {

            // Then
            assertThatThrownBy(() -> fetch(content, "s3://archive/lab/one"))
                    .isInstanceOf(StorageFailedException.class)
                    .hasMessageContaining("s3://archive/lab/one");
            assertThat(door.connections()).isEqualTo(3);
        }
    }

    @Test
    void givesUpOnAStalledStoreWhenAllItsTimeIsSpent() throws Exception {
        // Given: more attempts and longer silence than the whole may take.
        S3Access usual = S3Server.access(server.port(), S3Server.KEYS);
        try (FaultyDoor door = new FaultyDoor(server.port(), Fault.STALL, Fault.STALL)) {
            S3Access patient =
                    new S3Access(
                            S3Server.access(door.port(), S3Server.KEYS).endpoint(),
                            usual.region(),
                            usual.pathStyle(),
                            usual.keys(),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10),
                            Duration.ofMillis(300),
                            10);
            try (S3Content content = content(patient)) {

                // Then
                assertThatThrownBy(() -> fetch(content, "s3://fields/bound"))
                        .isInstanceOf(StorageFailedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        }
    }

    @Test
    void failsAsOursWhenNothingListens() throws Exception {
        // Given
        int closed;
        try (FaultyDoor door = new FaultyDoor(server.port())) {
            closed = door.port();
        }

        // Then
        try (S3Content content = content(closed)) {
            assertThatThrownBy(() -> fetch(content, "s3://fields/bound"))
                    .isInstanceOf(StorageFailedException.class);
        }
    }

    @Test
    void failsAsOursWhenTheKeysAreWrong() throws Exception {
        // Given
        var wrong = new S3Access.Keys(S3Server.KEYS.access(), "is-no-secret");

        // Then
        try (S3Content content = content(S3Server.access(server.port(), wrong))) {
            assertThatThrownBy(() -> fetch(content, "s3://fields/bound"))
                    .isInstanceOf(StorageFailedException.class)
                    .hasMessageContaining("s3://fields/bound");
        }
    }

    @Test
    void doesNotShowTheSecret() {
        assertThat(S3Server.access(1, S3Server.KEYS).toString()).doesNotContain("secret");
        assertThat(Optional.of(S3Server.KEYS).toString()).contains("the-laboratory");
    }

    private static S3Content content(int port) {
        return content(S3Server.access(port, S3Server.KEYS));
    }

    private static S3Content content(S3Access access) {
        return S3Content.open(
                access,
                List.of(
                        S3Folder.parse("fields"),
                        S3Folder.parse("absent"),
                        S3Folder.parse("archive/lab")),
                BOUND);
    }

    private static byte[] fetch(S3Content content, String uri) throws RejectedImageException {
        return content.fetch(ClaimCheck.of(uri)).array();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
