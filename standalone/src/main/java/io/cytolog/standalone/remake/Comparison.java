// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.remake;

import io.cytolog.event.AnnotatedCell;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.event.MatchedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Holds a result that was made again against the recorded one. Times are left out: they tell of the
 * run, not of the image.
 */
final class Comparison {

    /** Largest difference of a similarity that is put down to another machine. */
    static final double TOLERANCE = 1e-4;

    private final List<String> differences = new ArrayList<>();

    private Comparison() {}

    /** What differs beyond the tolerance; empty when nothing does. */
    static List<String> differences(ImageAnnotated recorded, ImageAnnotated remade) {
        Comparison comparison = new Comparison();
        comparison.compare(recorded, remade);
        return comparison.differences;
    }

    /** Whether they are the same to the last bit, times aside. */
    static boolean identical(ImageAnnotated recorded, ImageAnnotated remade) {
        ImageAnnotated timed =
                ImageAnnotated.newBuilder(remade)
                        .setIngestedAt(recorded.getIngestedAt())
                        .setInferredAt(recorded.getInferredAt())
                        .setEmittedAt(recorded.getEmittedAt())
                        .build();
        return timed.equals(recorded);
    }

    private void compare(ImageAnnotated recorded, ImageAnnotated remade) {
        same("result id", recorded.getResultId(), remade.getResultId());
        same("image", recorded.getImageSha256(), remade.getImageSha256());
        same("kind", recorded.getKind(), remade.getKind());
        same("cells", recorded.getCells().size(), remade.getCells().size());
        int cells = Math.min(recorded.getCells().size(), remade.getCells().size());
        for (int i = 0; i < cells; i++) {
            compare("cell " + i, recorded.getCells().get(i), remade.getCells().get(i));
        }
    }

    private void compare(String cell, AnnotatedCell recorded, AnnotatedCell remade) {
        same(cell + " box", recorded.getBox(), remade.getBox());
        same(cell + " finding", recorded.getFinding(), remade.getFinding());
        same(cell + " candidate", recorded.getCandidate(), remade.getCandidate());
        near(cell + " margin", recorded.getMargin(), remade.getMargin());
        List<MatchedSentence> before = recorded.getSentences();
        List<MatchedSentence> now = remade.getSentences();
        same(cell + " sentences", before.size(), now.size());
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            near(
                    "%s similarity to %s".formatted(cell, before.get(i).getSentenceId()),
                    before.get(i).getSimilarity(),
                    now.get(i).getSimilarity());
        }
    }

    private void same(String what, Object recorded, Object remade) {
        if (!Objects.equals(recorded, remade)) {
            differences.add("%s was %s, is %s".formatted(what, recorded, remade));
        }
    }

    private void near(String what, double recorded, double remade) {
        if (!(Math.abs(recorded - remade) <= TOLERANCE)) {
            differences.add("%s was %.6f, is %.6f".formatted(what, recorded, remade));
        }
    }
}
