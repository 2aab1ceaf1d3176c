// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/** The image file formats that Cytolog decodes. */
public enum ImageFormat {
    JPEG,
    PNG,
    TIFF
}
