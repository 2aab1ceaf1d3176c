// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.bank.BankEdits;
import io.cytolog.bank.Matcher;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.TextEncoder;
import java.nio.file.Path;

/**
 * A release that was read and whose digests were verified: as it was trained, or an edition of it
 * whose sentences were edited since.
 *
 * @param folder where it lies
 * @param bank its own, or the edited one
 * @param matcher the bank with its thresholds, ready to match
 * @param edited whether the bank is another than the release's own; results then name it in their
 *     id
 */
public record Release(
        ReleaseId id,
        Path folder,
        Manifest manifest,
        SentenceBank bank,
        Matcher matcher,
        GoldenVectors golden,
        boolean edited) {

    /** A release as it was trained. */
    public Release(
            ReleaseId id,
            Path folder,
            Manifest manifest,
            SentenceBank bank,
            Matcher matcher,
            GoldenVectors golden) {
        this(id, folder, manifest, bank, matcher, golden, false);
    }

    /**
     * The edition of this release under edits of its own bank.
     *
     * @param encoder of this release
     */
    public Release edited(BankEdits edits, TextEncoder encoder) {
        SentenceBank changed = edits.bank(encoder);
        return new Release(id, folder, manifest, changed, matcher.over(changed), golden, true);
    }

    public Path imageEncoder() {
        return folder.resolve(manifest.encoder().file());
    }

    public Path textProjection() {
        return folder.resolve(manifest.text().projection());
    }
}
