// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may put a release into service. */
class SignatureTest {

    @TempDir private Path temp;

    private Path release;
    private Path signature;
    private ReleaseId id;

    @BeforeEach
    void writeRelease() throws IOException {
        release = temp.resolve("release");
        signature = release.resolve(ReleaseFiles.SIGNATURE);
        id = ReleaseWriter.write(release, TestReleases.content());
    }

    private Path keys(String name) throws IOException {
        Path folder = temp.resolve(name);
        SigningKeys.generate(folder);
        return folder;
    }

    private static Path privateKey(Path keys) {
        return keys.resolve(SigningKeys.PRIVATE_FILE);
    }

    private static TrustedKeys trusting(Path... keys) throws InvalidReleaseException {
        return TrustedKeys.read(
                List.of(keys).stream().map(k -> k.resolve(SigningKeys.PUBLIC_FILE)).toList());
    }

    private String fault(TrustedKeys trusted) {
        return catchThrowableOfType(
                        InvalidReleaseException.class, () -> ReleaseReader.read(release, trusted))
                .getMessage();
    }

    @Test
    void readsAReleaseThatATrustedKeySigned() throws Exception {
        // Given
        Path ours = keys("ours");
        Path others = keys("others");

        // When
        ReleaseId signed = SigningKeys.sign(release, privateKey(ours));

        // Then
        assertThat(signed).isEqualTo(id);
        assertThat(ReleaseReader.read(release, trusting(others, ours)).id()).isEqualTo(id);
    }

    @Test
    void refusesAnUnsignedReleaseWhereKeysAreTrusted() throws Exception {
        assertThat(fault(trusting(keys("ours")))).contains("has no manifest.sig", "release sign");
    }

    @Test
    void refusesTheSignatureOfAKeyThatIsNotTrusted() throws Exception {
        // Given
        SigningKeys.sign(release, privateKey(keys("others")));

        // Then
        assertThat(fault(trusting(keys("ours")))).contains("none of the 1 trusted keys");
    }

    @Test
    void refusesAManifestThatWasChangedAfterItWasSigned() throws Exception {
        // Given
        Path ours = keys("ours");
        SigningKeys.sign(release, privateKey(ours));
        Path manifest = release.resolve(ReleaseFiles.MANIFEST);
        Files.writeString(manifest, Files.readString(manifest) + " ");

        // Then
        assertThat(fault(trusting(ours))).contains("none of the 1 trusted keys");
    }

    @Test
    void refusesSignaturesThatAreNone() throws Exception {
        // Given
        TrustedKeys trusted = trusting(keys("ours"));

        // Then
        Files.writeString(signature, "");
        assertThat(fault(trusted)).contains("none of the 1 trusted keys");
        Files.writeString(signature, "ü?");
        assertThat(fault(trusted)).contains("is not base64");
        Files.writeString(signature, Base64.getEncoder().encodeToString(new byte[64]));
        assertThat(fault(trusted)).contains("none of the 1 trusted keys");
    }

    @Test
    void asksForNoSignatureWhereNoKeyIsTrusted() throws Exception {
        // Given
        Files.writeString(signature, "nonsense");

        // Then
        assertThat(ReleaseReader.read(release, TrustedKeys.NONE).id()).isEqualTo(id);
    }

    @Test
    void takesTheSignatureAwayWhenTheReleaseIsWrittenAgain() throws Exception {
        // Given
        SigningKeys.sign(release, privateKey(keys("ours")));

        // When
        ReleaseWriter.write(release, TestReleases.content());

        // Then
        assertThat(signature).doesNotExist();
    }

    @Test
    void keepsThePrivateKeyToItsOwnerAndNeverReplacesOne() throws Exception {
        // When
        Path ours = keys("ours");

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateKey(ours))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> SigningKeys.generate(ours))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void saysWhichKeyFileIsNone() throws Exception {
        // Given
        Path ours = keys("ours");

        // Then
        assertThatThrownBy(() -> TrustedKeys.read(List.of(privateKey(ours))))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("holds no Ed25519 public key");
        assertThatThrownBy(() -> SigningKeys.sign(release, temp.resolve("nowhere")))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("nowhere");
    }
}
