// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.bank.Matcher;
import io.cytolog.bank.SentenceBank;
import java.nio.file.Path;

/**
 * A release that was read and whose digests were verified.
 *
 * @param folder where it lies
 * @param matcher the bank with its thresholds, ready to match
 */
public record Release(
        ReleaseId id,
        Path folder,
        Manifest manifest,
        SentenceBank bank,
        Matcher matcher,
        GoldenVectors golden) {

    public Path imageEncoder() {
        return folder.resolve(manifest.encoder().file());
    }

    public Path textProjection() {
        return folder.resolve(manifest.text().projection());
    }
}
