// Licensed under the Apache License, Version 2.0.
package io.cytolog.report;

import io.cytolog.bank.Finding;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.evaluate.OcclusionMap;
import io.cytolog.evaluate.Scores;
import io.cytolog.evaluate.SeenCells;
import io.cytolog.image.CellPixels;
import io.cytolog.report.ContactSheet.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The report's sheets of cells. Stateless. */
final class Sheets {

    private static final int COLUMNS = 6;
    private static final int MISTAKES = 18;
    private static final int LOOKED_AT = 6;
    private static final double CLEAR = 0.5;

    private Sheets() {}

    /** Wrong candidates with the largest lead. */
    static void confidentMistakes(SeenCells seen, Path png) throws IOException {
        Comparator<Integer> byLead =
                Comparator.comparingDouble((Integer i) -> -seen.scores().margin(i));
        ContactSheet.write(entries(seen, mistakes(seen).stream().sorted(byLead)), COLUMNS, png);
    }

    /** Wrong candidates on the sharpest pictures, which leave the encoder no excuse. */
    static void sharpMistakes(SeenCells seen, Path png) throws IOException {
        Comparator<Integer> bySharpness =
                Comparator.comparingDouble(
                        (Integer i) -> -CellPicture.sharpness(seen.pixels().get(i)));
        ContactSheet.write(
                entries(seen, mistakes(seen).stream().sorted(bySharpness)), COLUMNS, png);
    }

    /**
     * For the commonest findings a cell that is clearly right, where its finding's sentence looks,
     * and where the attribute sentence that fits it best looks.
     */
    static void occlusion(SeenCells seen, ImageEncoder encoder, Path png) throws IOException {
        Scores scores = seen.scores();
        List<Entry> entries = new ArrayList<>();
        IntStream.range(0, scores.findings().size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer f) -> -scores.confusion().cells(f)))
                .limit(LOOKED_AT)
                .forEach(f -> entries.addAll(looks(seen, encoder, f)));
        ContactSheet.write(entries, COLUMNS, png);
    }

    private static List<Entry> looks(SeenCells seen, ImageEncoder encoder, int finding) {
        Scores scores = seen.scores();
        int[] right =
                IntStream.range(0, scores.truth().length)
                        .filter(i -> scores.truth()[i] == finding && scores.right(i))
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> scores.margin(i)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        if (right.length == 0) {
            return List.of();
        }
        int cell = right[(int) (CLEAR * (right.length - 1))];
        SentenceBank bank = seen.release().bank();
        CellPixels pixels = seen.pixels().get(cell);
        float[] embedding = seen.embeddings().get(cell);
        int of = best(bank, embedding, Sentence.Role.FINDING, scores.findings().get(finding));
        int feature = best(bank, embedding, Sentence.Role.ATTRIBUTE, "");
        List<Entry> entries = new ArrayList<>();
        entries.add(
                new Entry(
                        CellPicture.plain(pixels),
                        List.of(display(seen, finding), seen.cells().get(cell).collection(), "")));
        entries.add(look(encoder, pixels, bank, of));
        entries.add(look(encoder, pixels, bank, feature));
        return entries;
    }

    private static Entry look(
            ImageEncoder encoder, CellPixels pixels, SentenceBank bank, int sentence) {
        OcclusionMap map =
                OcclusionMap.of(encoder, pixels, bank.embeddings().get(sentence).values());
        String text = bank.sentences().get(sentence).text();
        int half = text.lastIndexOf(' ', Math.min(text.length() - 1, 30));
        String first = half < 0 ? text : text.substring(0, half);
        String rest = half < 0 ? "" : text.substring(half + 1);
        return new Entry(
                CellPicture.heat(pixels, map),
                List.of(String.format(Locale.ROOT, "cosine %.2f", map.similarity()), first, rest));
    }

    private static int best(
            SentenceBank bank, float[] embedding, Sentence.Role role, String finding) {
        return IntStream.range(0, bank.sentences().size())
                .filter(s -> bank.sentences().get(s).role() == role)
                .filter(s -> bank.sentences().get(s).finding().equals(finding))
                .boxed()
                .max(
                        Comparator.comparingDouble(
                                s ->
                                        Embedding.ofUnit(embedding)
                                                .similarity(bank.embeddings().get(s))))
                .orElseThrow();
    }

    private static List<Integer> mistakes(SeenCells seen) {
        return IntStream.range(0, seen.cells().size())
                .filter(i -> !seen.scores().right(i))
                .boxed()
                .toList();
    }

    private static List<Entry> entries(SeenCells seen, Stream<Integer> cells) {
        return cells.limit(MISTAKES).map(i -> mistake(seen, i)).toList();
    }

    private static Entry mistake(SeenCells seen, int cell) {
        Scores scores = seen.scores();
        return new Entry(
                CellPicture.plain(seen.pixels().get(cell)),
                List.of(
                        "is " + display(seen, scores.truth()[cell]),
                        "called " + display(seen, scores.given()[cell]),
                        String.format(
                                Locale.ROOT,
                                "lead %.2f, %s, %s",
                                scores.margin(cell),
                                seen.answered()[cell] ? "answered" : "abstained",
                                seen.cells().get(cell).collection())));
    }

    private static String display(SeenCells seen, int finding) {
        Finding scored = seen.release().bank().scored().get(finding);
        return scored.display();
    }
}
