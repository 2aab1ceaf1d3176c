// Licensed under the Apache License, Version 2.0.
package io.cytolog.release;

import java.util.List;

/** Names of the files of a release folder. */
public final class ReleaseFiles {

    public static final String MANIFEST = "manifest.json";

    /** Detached Ed25519 signature over the manifest's bytes, base64. */
    public static final String SIGNATURE = "manifest.sig";

    public static final String IMAGE_ENCODER = "image-encoder.onnx";
    public static final String TEXT_PROJECTION = "text-projection.onnx";
    public static final String BANK = "bank.json";
    public static final String BANK_EMBEDDINGS = "bank-embeddings.bin";
    public static final String CALIBRATION = "calibration.json";
    public static final String PROTOTYPES = "prototypes.bin";
    public static final String GOLDEN_PIXELS = "golden-pixels.bin";
    public static final String GOLDEN_EMBEDDINGS = "golden-embeddings.bin";

    /** A head that measures cells; only in releases that measure. */
    public static final String MEASUREMENT_MODEL = "measurement-head.onnx";

    public static final String MEASUREMENT = "measurement.json";
    public static final String MODEL_CARD = "MODEL_CARD.md";

    /** Largest absolute difference of an element that a golden check lets pass. */
    public static final double GOLDEN_TOLERANCE = 1e-3;

    /** Without these a release cannot serve. */
    static final List<String> REQUIRED =
            List.of(
                    IMAGE_ENCODER,
                    TEXT_PROJECTION,
                    BANK,
                    BANK_EMBEDDINGS,
                    CALIBRATION,
                    PROTOTYPES,
                    GOLDEN_PIXELS,
                    GOLDEN_EMBEDDINGS);

    private ReleaseFiles() {}
}
