// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.event.SlideSummarised;
import java.util.List;

/** A slide's summary as the page shows it; the names are those of the JSON. */
record SlideView(
        String slide,
        String accession,
        String status,
        long images,
        long cells,
        long abstained,
        long reviewRequired,
        List<Count> findings) {

    record Count(String finding, String display, long cells) {}

    static SlideView of(SlideSummarised summary) {
        return new SlideView(
                summary.getSlide(),
                summary.getAccession(),
                summary.getStatus().name(),
                summary.getImages(),
                summary.getCells(),
                summary.getAbstained(),
                summary.getReviewRequired(),
                summary.getFindings().stream()
                        .map(f -> new Count(f.getFinding(), f.getDisplay(), f.getCells()))
                        .toList());
    }
}
