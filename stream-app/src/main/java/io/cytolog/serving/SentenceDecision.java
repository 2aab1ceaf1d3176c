// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import io.cytolog.bank.SentenceEdit;
import java.time.Instant;

/**
 * A sentence added, edited or retired.
 *
 * @param effectiveAt its {@link PointOfChange}
 * @param position of its record; later ones are larger
 */
public record SentenceDecision(SentenceEdit edit, Instant effectiveAt, long position) {}
