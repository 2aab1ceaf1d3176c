// Licensed under the Apache License, Version 2.0.
package io.cytolog.corpus;

import java.util.Map;

/**
 * One labelled image of one cell.
 *
 * @param path relative to the data folder
 * @param collection the published set that it comes from; first folder of the path
 * @param finding what its class maps to
 * @param group patient, or the nearest stand-in for one
 * @param warped true when the collection already holds an altered copy; never validated on
 * @param attributes morphology attributes by name; empty where nobody recorded them
 */
public record Cell(
        String path,
        String collection,
        String finding,
        String group,
        boolean training,
        boolean warped,
        Map<String, String> attributes) {

    public Cell {
        attributes = Map.copyOf(attributes);
    }

    /** The same cell in training or out of it. */
    Cell moved(boolean toTraining) {
        return new Cell(path, collection, finding, group, toTraining, warped, attributes);
    }
}
