// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

import java.util.List;

/**
 * A result that was made again.
 *
 * @param position of its record in {@code images.annotated}
 * @param reasons what differs, or why it could not be made
 */
public record Remade(
        String resultId,
        String slide,
        String sourceName,
        String releaseId,
        String bankVersion,
        String position,
        Verdict verdict,
        List<String> reasons) {

    public Remade {
        reasons = List.copyOf(reasons);
    }
}
