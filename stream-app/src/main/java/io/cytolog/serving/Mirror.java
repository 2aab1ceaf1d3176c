// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

/**
 * Takes an image's answer to a release that shadows, once there is one. What it does is brief,
 * never throws and never waits.
 */
public interface Mirror {

    /** Of an image that no shadow sees. */
    Mirror NONE =
            new Mirror() {
                @Override
                public long bytes() {
                    return 0;
                }

                @Override
                public void answered(AnnotatedImage answer) {}
            };

    /** What it holds on to until the answer, beside the image's pixels. */
    long bytes();

    /** The image was answered. */
    void answered(AnnotatedImage answer);
}
