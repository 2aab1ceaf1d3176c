// Licensed under the Apache License, Version 2.0.
package io.cytolog.bank;

import java.util.List;

/**
 * What sentences point to.
 *
 * @param id stable identifier, for example {@code neutrophil_segmented}
 * @param display the finding in words
 * @param level whether it speaks of a cell, of the picture's quality, or of a disease
 * @param reviewRequired true when a person must see it before anything leaves the laboratory
 * @param aliases class names of data collections that mean the same
 */
public record Finding(
        String id, String display, Level level, boolean reviewRequired, List<String> aliases) {

    /** Answer in place of a finding when the evidence does not suffice. */
    public static final String UNIDENTIFIED = "unidentified";

    /** What a finding speaks of. Only CELL and QUALITY findings are scored. */
    public enum Level {
        CELL,
        QUALITY,
        DISEASE
    }

    public Finding {
        aliases = List.copyOf(aliases);
    }

    public boolean scored() {
        return level != Level.DISEASE;
    }
}
