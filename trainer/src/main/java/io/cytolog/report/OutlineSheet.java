// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.image.CellPixels;
import io.cytolog.measure.Region;
import io.cytolog.measure.Silhouette;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures with the outlines that a measurement head draws on them. Collects; owned by one thread.
 */
public final class OutlineSheet {

    private static final int SIDE = 336;
    private static final int COLUMNS = 8;
    private static final Color CELL = new Color(0x00B86B);
    private static final Color NUCLEUS = new Color(0xFFD400);

    private final List<ContactSheet.Entry> entries = new ArrayList<>();

    /**
     * @param lines text below the picture
     */
    public void add(CellPixels cell, Silhouette silhouette, int mapSide, List<String> lines) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.drawImage(CellPicture.plain(cell), 0, 0, SIDE, SIDE, null);
        graphics.setStroke(new BasicStroke(2.5f));
        double scale = (double) SIDE / mapSide;
        draw(graphics, silhouette.body(), CELL, scale);
        draw(graphics, silhouette.nucleus(), NUCLEUS, scale);
        graphics.dispose();
        entries.add(new ContactSheet.Entry(picture, lines));
    }

    private static void draw(Graphics2D graphics, Region region, Color colour, double scale) {
        graphics.setColor(colour);
        for (Region.Piece piece : region.outline()) {
            graphics.draw(
                    new Line2D.Double(
                            piece.x0() * scale,
                            piece.y0() * scale,
                            piece.x1() * scale,
                            piece.y1() * scale));
        }
    }

    public void write(Path png) throws IOException {
        ContactSheet.write(entries, COLUMNS, png);
    }
}
