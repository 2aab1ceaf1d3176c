// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.review;

import io.cytolog.event.ReviewDecided;

/**
 * What a person said a cell is.
 *
 * @param finding id
 * @param by the decision that says so
 */
record Label(String finding, ReviewDecided by) {}
