// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.offline;

import io.cytolog.annotate.PreparedImage;
import io.cytolog.image.Rejection;

/** What preparing a file came to. */
sealed interface Prepared {

    /** Path as it stands in the line. */
    String path();

    /** Ready for the encoder. */
    record Ready(String path, PreparedImage image) implements Prepared {}

    /** Turned away before the encoder. */
    record TurnedAway(String path, Rejection rejection) implements Prepared {}
}
