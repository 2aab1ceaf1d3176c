// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import org.jspecify.annotations.Nullable;

/**
 * Where a path says that an image belongs.
 *
 * @param accession empty when the path names none
 * @param specimen empty when the path names none
 * @param slide never empty
 * @param field field of view, where the rule names one
 * @param stat whether the rule found the priority STAT in the path
 * @param ruled false when the rule did not fit and only a slide was made up from the folder
 */
record SlideAddress(
        String accession,
        String specimen,
        String slide,
        @Nullable String field,
        boolean stat,
        boolean ruled) {
    SlideAddress {
        if (slide.isEmpty()) {
            throw new IllegalArgumentException("a slide id must not be empty");
        }
    }

    /** The same address with a slide id that also carries accession and specimen. */
    SlideAddress qualified() {
        var id = new StringBuilder();
        for (String part : new String[] {accession, specimen, slide}) {
            if (!part.isEmpty()) {
                id.append(id.isEmpty() ? "" : "/").append(part);
            }
        }
        return new SlideAddress(accession, specimen, id.toString(), field, stat, ruled);
    }
}
