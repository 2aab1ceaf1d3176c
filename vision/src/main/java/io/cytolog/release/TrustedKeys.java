// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The public keys (Ed25519, RFC 8032) of those who may put a release into service. Without any, a
 * release is held to its digests alone.
 */
public record TrustedKeys(List<PublicKey> keys) {

    /** Asks for no signature. */
    public static final TrustedKeys NONE = new TrustedKeys(List.of());

    public TrustedKeys {
        keys = List.copyOf(keys);
    }

    /**
     * @param files public keys as {@link SigningKeys} writes them
     * @throws InvalidReleaseException when one is no such key
     */
    public static TrustedKeys read(List<Path> files) throws InvalidReleaseException {
        List<PublicKey> keys = new ArrayList<>(files.size());
        for (Path file : files) {
            keys.add(SigningKeys.readPublic(file));
        }
        return new TrustedKeys(keys);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Holds a signature against the manifest's bytes.
     *
     * @param signature content of the signature's file: base64 of 64 bytes
     * @throws InvalidReleaseException when none of the keys made it
     */
    void check(Path folder, byte[] manifest, byte[] signature) throws InvalidReleaseException {
        byte[] bytes;
        try {
            String text = new String(signature, StandardCharsets.US_ASCII).strip();
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidReleaseException(
                    "%s in release %s is not base64; sign the release again"
                            .formatted(ReleaseFiles.SIGNATURE, folder),
                    e);
        }
        for (PublicKey key : keys) {
            if (madeBy(key, manifest, bytes)) {
                return;
            }
        }
        throw new InvalidReleaseException(
                "the signature of release %s was made by none of the %d trusted keys; sign it with one of them or trust its key"
                        .formatted(folder, keys.size()));
    }

    private static boolean madeBy(PublicKey key, byte[] manifest, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(SigningKeys.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(manifest);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Bytes of another length than a signature's are told by an exception.
            return false;
        }
    }
}
