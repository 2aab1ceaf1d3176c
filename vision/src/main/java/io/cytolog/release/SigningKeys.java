// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 keys as PEM files, as openssl writes and reads them, and the signing of a release with
 * one. Nothing of a private key is ever printed.
 */
public final class SigningKeys {

    /** Name of the private key's file. */
    public static final String PRIVATE_FILE = "release-signing.key";

    /** Name of the public key's file. */
    public static final String PUBLIC_FILE = "release-signing.pub";

    static final String ALGORITHM = "Ed25519";

    private static final String PRIVATE_LABEL = "PRIVATE KEY";
    private static final String PUBLIC_LABEL = "PUBLIC KEY";
    private static final int LONGEST_KEY = 4_096;

    private SigningKeys() {}

    /**
     * Makes a pair of keys in a folder, the private one readable by its owner alone.
     *
     * @throws FileAlreadyExistsException when there is a key of that name, which stays
     */
    public static void generate(Path folder) throws IOException {
        KeyPair pair;
        try {
            pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
        Files.createDirectories(folder);
        writePrivate(folder.resolve(PRIVATE_FILE), pair.getPrivate());
        Files.writeString(
                folder.resolve(PUBLIC_FILE),
                pem(PUBLIC_LABEL, pair.getPublic().getEncoded()),
                StandardOpenOption.CREATE_NEW);
    }

    /**
     * Signs a release folder's manifest, beside it; an earlier signature is replaced.
     *
     * @throws InvalidReleaseException when the key is none or the release is damaged
     */
    public static ReleaseId sign(Path release, Path privateKey)
            throws IOException, InvalidReleaseException {
        PrivateKey key = readPrivate(privateKey);
        ReleaseId id = ReleaseReader.read(release).id();
        byte[] manifest = Files.readAllBytes(release.resolve(ReleaseFiles.MANIFEST));
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(manifest);
            String signature = Base64.getEncoder().encodeToString(signer.sign());
            Files.writeString(release.resolve(ReleaseFiles.SIGNATURE), signature + "\n");
            return id;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("release " + release + " cannot be signed", e);
        }
    }

    static PublicKey readPublic(Path file) throws InvalidReleaseException {
        try {
            var spec = new X509EncodedKeySpec(decoded(file, PUBLIC_LABEL));
            return KeyFactory.getInstance(ALGORITHM).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw notAKey(file, PUBLIC_LABEL, e);
        }
    }

    private static PrivateKey readPrivate(Path file) throws InvalidReleaseException {
        try {
            var spec = new PKCS8EncodedKeySpec(decoded(file, PRIVATE_LABEL));
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw notAKey(file, PRIVATE_LABEL, e);
        }
    }

    private static byte[] decoded(Path file, String label) throws InvalidReleaseException {
        try {
            if (Files.size(file) > LONGEST_KEY) {
                throw notAKey(file, label, null);
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            String begin = "-----BEGIN " + label + "-----";
            String end = "-----END " + label + "-----";
            if (!text.startsWith(begin) || !text.endsWith(end)) {
                throw notAKey(file, label, null);
            }
            String body = text.substring(begin.length(), text.length() - end.length());
            return Base64.getMimeDecoder().decode(body);
        } catch (IOException | IllegalArgumentException e) {
            throw notAKey(file, label, e);
        }
    }

    private static InvalidReleaseException notAKey(
            Path file, String label, @Nullable Exception cause) {
        return new InvalidReleaseException(
                "key file %s holds no %s %s in PEM; make a pair with 'release keygen'"
                        .formatted(file, ALGORITHM, label.toLowerCase(Locale.ROOT)),
                cause);
    }

    private static void writePrivate(Path file, PrivateKey key) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var out =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly)) {
            byte[] text = pem(PRIVATE_LABEL, key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
            out.write(ByteBuffer.wrap(text));
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der))
                .replace("\r\n", "\n");
    }
}
