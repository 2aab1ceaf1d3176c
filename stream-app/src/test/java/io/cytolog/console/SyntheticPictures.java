// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import io.cytolog.annotate.ImageAnnotation;
import io.cytolog.annotate.PreparedCell;
import io.cytolog.annotate.PreparedImage;
import io.cytolog.annotate.ResultId;
import io.cytolog.cell.ImageKind;
import io.cytolog.cell.LocatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.image.Box;
import io.cytolog.image.CellPixels;
import io.cytolog.release.ReleaseId;
import io.cytolog.smear.CellKind;
import io.cytolog.smear.SmearRenderer;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Tells a listener of drawn cells, as the topology would of the cells behind a result. */
final class SyntheticPictures {

    private static final int SIDE = 128;

    private final SmearRenderer renderer = new SmearRenderer(7);
    private final CellPictures pictures;

    SyntheticPictures(CellPictures pictures) {
        this.pictures = pictures;
    }

    void draw(ImageAnnotated result) {
        List<PreparedCell> cells = new ArrayList<>();
        for (int i = 0; i < result.getCells().size(); i++) {
            cells.add(prepared(kind(result.getCells().get(i).getCandidate()), i));
        }
        pictures.annotated(
                new PreparedImage("0".repeat(64), ImageKind.CELL, 360, 360, cells, List.of()),
                new ImageAnnotation(
                        new ResultId(result.getResultId()),
                        new ReleaseId(SyntheticFeed.RELEASE),
                        "1",
                        "0".repeat(64),
                        ImageKind.CELL,
                        360,
                        360,
                        List.of(),
                        List.of()));
    }

    private PreparedCell prepared(CellKind kind, int index) {
        return new PreparedCell(
                new LocatedCell(Box.whole(360, 360), List.of()),
                pixels(renderer.renderCell(kind, index).image()));
    }

    static CellPixels pixels(BufferedImage crop) {
        BufferedImage small = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int middle = crop.getWidth() / 2;
        int half = crop.getWidth() * 3 / 10;
        graphics.drawImage(
                crop,
                0,
                0,
                SIDE,
                SIDE,
                middle - half,
                middle - half,
                middle + half,
                middle + half,
                null);
        graphics.dispose();
        byte[] rgb = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int pixel = small.getRGB(i % SIDE, i / SIDE);
            rgb[3 * i] = (byte) (pixel >> 16);
            rgb[3 * i + 1] = (byte) (pixel >> 8);
            rgb[3 * i + 2] = (byte) pixel;
        }
        return new CellPixels(SIDE, rgb);
    }

    private static CellKind kind(String id) {
        for (CellKind kind : CellKind.values()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(id);
    }
}
