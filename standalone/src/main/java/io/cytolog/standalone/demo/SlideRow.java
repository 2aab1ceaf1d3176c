// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.event.FindingCount;
import java.util.List;

/**
 * A slide in the table at the end.
 *
 * @param images annotated
 * @param toReview cells that a person must see first
 * @param findings most frequent first
 */
record SlideRow(
        String slide,
        long images,
        long rejected,
        long cells,
        long abstained,
        long toReview,
        List<FindingCount> findings) {

    SlideRow {
        findings = List.copyOf(findings);
    }
}
