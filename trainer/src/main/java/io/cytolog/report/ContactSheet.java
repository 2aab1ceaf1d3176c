// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures in rows, each with a few lines of text below. Stateless. */
final class ContactSheet {

    private static final int PICTURE = 168;
    private static final int GAP = 14;
    private static final int LINE = 15;
    private static final int SCALE = 2;
    private static final Color INK = new Color(0x25313C);

    /**
     * One picture of a sheet.
     *
     * @param lines text below it, the first in bold
     */
    record Entry(BufferedImage picture, List<String> lines) {}

    private ContactSheet() {}

    /** Writes a PNG of so many pictures a row. */
    static void write(List<Entry> entries, int columns, Path png) throws IOException {
        int lines = entries.stream().mapToInt(entry -> entry.lines().size()).max().orElse(0);
        int rows = Math.max(1, (entries.size() + columns - 1) / columns);
        int height = PICTURE + lines * LINE + GAP;
        BufferedImage sheet =
                new BufferedImage(
                        SCALE * (columns * (PICTURE + GAP) + GAP),
                        SCALE * (rows * height + GAP),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        for (int i = 0; i < entries.size(); i++) {
            int x = GAP + i % columns * (PICTURE + GAP);
            int y = GAP + i / columns * height;
            draw(graphics, entries.get(i), x, y);
        }
        graphics.dispose();
        ImageIO.write(sheet, "png", png.toFile());
    }

    private static void draw(Graphics2D graphics, Entry entry, int x, int y) {
        graphics.drawImage(entry.picture(), x, y, PICTURE, PICTURE, null);
        graphics.setColor(INK);
        for (int line = 0; line < entry.lines().size(); line++) {
            int style = line == 0 ? Font.BOLD : Font.PLAIN;
            graphics.setFont(new Font(Font.SANS_SERIF, style, 11));
            String text = fitted(graphics, entry.lines().get(line));
            graphics.drawString(text, x, y + PICTURE + LINE * (line + 1) - 3);
        }
    }

    private static String fitted(Graphics2D graphics, String text) {
        String fitted = text;
        while (fitted.length() > 1 && graphics.getFontMetrics().stringWidth(fitted) > PICTURE) {
            fitted = fitted.substring(0, fitted.length() - 2) + "…";
        }
        return fitted;
    }
}
