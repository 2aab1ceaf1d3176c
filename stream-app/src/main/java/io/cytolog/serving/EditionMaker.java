// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.BankEdits;
import io.cytolog.bank.RefusedEdit;
import io.cytolog.bank.SentenceEdit;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.TextEncoder;
import io.cytolog.release.Release;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the edition of a release under edits of its sentences; what serves an image and what makes
 * its result again later go through here. Safe for any thread.
 */
public final class EditionMaker {

    private final TextEncoderOpener texts;

    /**
     * An edition, and the edits that its bank does not take.
     *
     * @param release unedited where the edits change nothing
     */
    public record Made(Release release, List<RefusedEdit> refused) {}

    public EditionMaker(TextEncoderOpener texts) {
        this.texts = texts;
    }

    /**
     * The edition under edits, in their order.
     *
     * @throws Exception when the release's text encoder cannot be opened
     */
    public Made make(Release trained, List<SentenceEdit> edits) throws Exception {
        BankEdits applied = BankEdits.of(trained.bank(), edits);
        if (!applied.changed()) {
            return new Made(trained, applied.refused());
        }
        try (OpenedWhenNeeded encoder = new OpenedWhenNeeded(trained)) {
            return new Made(trained.edited(applied, encoder), applied.refused());
        } catch (CannotEncode e) {
            throw e.why;
        }
    }

    /**
     * The edition that a result names, found among all edits that were ever made.
     *
     * @param edits in the order in which they apply
     * @return empty when the release never had that bank
     * @throws Exception when the release's text encoder cannot be opened
     */
    public Optional<Release> ofVersion(
            Release trained, List<SentenceEdit> edits, String bankVersion) throws Exception {
        Optional<List<SentenceEdit>> until = BankEdits.until(trained.bank(), edits, bankVersion);
        return until.isEmpty()
                ? Optional.empty()
                : Optional.of(make(trained, until.get()).release());
    }

    private static final class CannotEncode extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Exception why;

        CannotEncode(Exception why) {
            super(why);
            this.why = why;
        }
    }

    /** The text tower takes a second to load, and to retire a sentence it is not needed. */
    private final class OpenedWhenNeeded implements TextEncoder {

        private final Release release;
        private @Nullable TextEncoder encoder;

        OpenedWhenNeeded(Release release) {
            this.release = release;
        }

        @Override
        public List<Embedding> encode(List<String> sentences) {
            return opened().encode(sentences);
        }

        private TextEncoder opened() {
            TextEncoder known = encoder;
            if (known == null) {
                try {
                    known = texts.open(release);
                } catch (Exception e) {
                    throw new CannotEncode(e);
                }
                encoder = known;
            }
            return known;
        }

        @Override
        public void close() {
            if (encoder != null) {
                encoder.close();
            }
        }
    }
}
