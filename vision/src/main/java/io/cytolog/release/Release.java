// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import io.cytolog.bank.BankEdits;
import io.cytolog.bank.Matcher;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.TextEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A release that was read and whose digests were verified: as it was trained, or an edition of it
 * whose sentences were edited since.
 *
 * @param folder where it lies
 * @param bank its own, or the edited one
 * @param matcher the bank with its thresholds, ready to match
 * @param heads that measure its cells; none or one
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
        List<MeasurementHead> heads,
        boolean edited) {

    public Release {
        heads = List.copyOf(heads);
    }

    /** A release as it was trained, that does not measure. */
    public Release(
            ReleaseId id,
            Path folder,
            Manifest manifest,
            SentenceBank bank,
            Matcher matcher,
            GoldenVectors golden) {
        this(id, folder, manifest, bank, matcher, golden, List.of(), false);
    }

    /**
     * The edition of this release under edits of its own bank.
     *
     * @param encoder of this release
     */
    public Release edited(BankEdits edits, TextEncoder encoder) {
        SentenceBank changed = edits.bank(encoder);
        return new Release(
                id, folder, manifest, changed, matcher.over(changed), golden, heads, true);
    }

    /** The head that measures its cells; empty when it does not measure. */
    public Optional<MeasurementHead> measurementHead() {
        return heads.stream().findFirst();
    }

    public Path imageEncoder() {
        return folder.resolve(manifest.encoder().file());
    }

    public Path textProjection() {
        return folder.resolve(manifest.text().projection());
    }
}
