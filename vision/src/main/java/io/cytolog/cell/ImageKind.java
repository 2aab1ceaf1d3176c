// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

/** What an image shows. */
public enum ImageKind {
    /** Not stated: decided from the image's size. */
    AUTO,
    /** One cell, in the middle. */
    CELL,
    /** A field of view with any number of cells. */
    FIELD;

    /** Longest side up to which an image of unstated kind is taken for a cell, pixels. */
    public static final int LONGEST_CELL_SIDE = 512;

    /** This kind, or for AUTO the one that the size in pixels suggests. */
    public ImageKind resolve(int width, int height) {
        if (this != AUTO) {
            return this;
        }
        return Math.max(width, height) <= LONGEST_CELL_SIDE ? CELL : FIELD;
    }
}
