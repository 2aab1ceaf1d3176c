// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import java.util.List;

/**
 * The plain way from pixels to findings: an encoder, then the matcher. What every faster way must
 * agree with. Owned by the thread that owns the encoder.
 */
public final class EncodeThenMatch implements CellAnnotator {

    private final ImageEncoder encoder;
    private final Matcher matcher;

    /** Takes ownership of the encoder. */
    public EncodeThenMatch(ImageEncoder encoder, Matcher matcher) {
        this.encoder = encoder;
        this.matcher = matcher;
    }

    @Override
    public int maxBatch() {
        return encoder.maxBatch();
    }

    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        return encoder.encode(cells).stream().map(matcher::annotate).toList();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
