// Licensed under the Apache License, Version 2.0.
package io.cytolog.telemetry;

import io.cytolog.annotate.CellResult;
import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.annotate.ResultId;
import io.cytolog.bank.Abstention;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.Finding;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.LocatedCell;
import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.release.ReleaseId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results of one small cell, as the topology tells of them. */
public final class Annotations {

    private static final String DIGEST = "c".repeat(64);
    private static final LocatedCell CELL = new LocatedCell(Box.whole(4, 4), List.of());

    private Annotations() {}

    public static PreparedImage prepared() {
        return prepared(new CellPixels(4, new byte[48]));
    }

    public static PreparedImage prepared(CellPixels pixels) {
        return new PreparedImage(
                DIGEST, ImageKind.CELL, 4, 4, List.of(new PreparedCell(CELL, pixels)), List.of());
    }

    public static ImageAnnotation abstained() {
        return abstained(new ResultId("d".repeat(64)));
    }

    public static ImageAnnotation abstained(ResultId id) {
        return new ImageAnnotation(
                id,
                new ReleaseId("a".repeat(64)),
                "1",
                DIGEST,
                ImageKind.CELL,
                4,
                4,
                List.of(new CellResult(CELL, cell())),
                List.of());
    }

    private static CellAnnotation cell() {
        return new CellAnnotation(
                finding("monocyte"),
                finding("lymphocyte"),
                0.01,
                Map.of("monocyte", 0.6, "lymphocyte", 0.4),
                Optional.of(Abstention.LOW_MARGIN),
                List.of());
    }

    private static Finding finding(String id) {
        return new Finding(id, id, Finding.Level.CELL, false, List.of());
    }
}
