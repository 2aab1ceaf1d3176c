// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.demo;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.ImageCaptured;
import io.cytolog.event.ImageRejected;
import io.cytolog.event.SlideSummarised;
import io.cytolog.standalone.demo.Style.Tone;
import java.io.PrintStream;
import java.time.Instant;

/**
 * Prints every cell as a line: slide, image, finding, probability, sentence. Called by the reader's
 * thread.
 */
final class ResultPrinter implements FeedListener {

    private static final int SLIDE = 16;
    private static final int IMAGE = 24;
    private static final int CELL = 7;
    private static final int FINDING = 32;
    private static final int PERCENT = 4;

    private final PrintStream out;
    private final Style style;

    ResultPrinter(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public void captured(ImageCaptured image, Instant arrived) {
        // Shown when it has an outcome.
    }

    @Override
    public void annotated(ImageAnnotated image, Instant seen) {
        String slide = image.getOrigin().getSlide();
        int cells = image.getCells().size();
        if (cells == 0) {
            String where = where(slide, image.getSourceName(), "");
            out.println(where + style.in(Tone.QUIET, style.mark("\u00b7", "-") + " no cell found"));
        }
        for (int i = 0; i < cells; i++) {
            String number = cells == 1 ? "" : "%d/%d".formatted(i + 1, cells);
            out.println(cell(where(slide, image.getSourceName(), number), image.getCells().get(i)));
        }
    }

    @Override
    public void rejected(ImageRejected image, Instant seen) {
        String slide = image.getOrigin() == null ? "" : image.getOrigin().getSlide();
        String where = where(slide, image.getSourceName(), "");
        String finding = "%s rejected: %s".formatted(style.mark("\u2715", "x"), image.getReason());
        String detail = style.rest(image.getDetail(), where.length() + FINDING + PERCENT + 4);
        out.println(
                where
                        + style.in(Tone.BAD, style.fit(finding, FINDING + PERCENT + 4))
                        + style.in(Tone.QUIET, detail));
    }

    @Override
    public void summarised(SlideSummarised slide, int partition, long offset) {
        // The table at the end shows the latest.
    }

    private String where(String slide, String image, String number) {
        return style.fit(slide, SLIDE)
                + "  "
                + style.fit(image, IMAGE)
                + "  "
                + style.fit(number, CELL)
                + " ";
    }

    private String cell(String where, AnnotatedCell cell) {
        String percent = "%3d%%".formatted(Math.round(100 * cell.getProbability()));
        String sentence =
                cell.getSentences().isEmpty() ? "" : cell.getSentences().getFirst().getText();
        String said = cell.getAbstained() ? abstained(cell) + sentence : sentence;
        String behind = style.rest(said, where.length() + FINDING + PERCENT + 4);
        return where
                + style.in(tone(cell), style.fit(finding(cell), FINDING) + percent)
                + "    "
                + behind;
    }

    private String finding(AnnotatedCell cell) {
        if (cell.getAbstained()) {
            return "%s %s?"
                    .formatted(style.mark("\u25cb", "?"), cell.getCandidate().replace('_', ' '));
        }
        return cell.getReviewRequired()
                ? "%s %s, to review".formatted(style.mark("\u25b2", "!"), cell.getFindingDisplay())
                : "%s %s".formatted(style.mark("\u25cf", "*"), cell.getFindingDisplay());
    }

    private static String abstained(AnnotatedCell cell) {
        return "abstained, %s: ".formatted(cell.getAbstentionReason());
    }

    private static Tone tone(AnnotatedCell cell) {
        if (cell.getReviewRequired()) {
            return Tone.ALARM;
        }
        return cell.getAbstained() ? Tone.DOUBT : Tone.GOOD;
    }
}
