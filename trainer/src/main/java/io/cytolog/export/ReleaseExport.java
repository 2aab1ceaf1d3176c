// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.balance.BalancedOrder;
import io.cytolog.bank.Calibration;
import io.cytolog.bank.Finding;
import io.cytolog.bank.SentenceBank;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.FindingTable;
import io.cytolog.corpus.Wordings;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.evaluate.Calibrator;
import io.cytolog.evaluate.Coreset;
import io.cytolog.evaluate.Evaluator;
import io.cytolog.evaluate.FindingOffsets;
import io.cytolog.evaluate.Prototypes;
import io.cytolog.evaluate.Scores;
import io.cytolog.fit.Embedder;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.network.HalfPrecision;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MiniLmTextTower;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.release.GoldenVectors;
import io.cytolog.release.ReleaseContent;
import io.cytolog.release.ReleaseFiles;
import io.cytolog.release.ReleaseId;
import io.cytolog.release.ReleaseWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * From averaged weights to a release folder: rounds, exports, compares, validates, writes. Owned by
 * one thread.
 */
public final class ReleaseExport {

    /** Largest absolute difference of an element that ONNX Runtime may show against LibTorch. */
    public static final double PARITY = 1e-4;

    private static final double STATED_RISK = 0.10;
    private static final int COMPARED = 96;
    private static final int BATCH = 32;

    /** A mebibyte of them; fewer let more unusual cells pass, more gain little. */
    private static final int MOST_PROTOTYPES = 1024;

    /** Missed cells of findings that a person must see, against other missed cells. */
    private static final double CAUTION = 4;

    private static final String NOT_IDENTIFIABLE = "not_identifiable";

    private final Layout layout;
    private final Recipe recipe;
    private final Orientations orientations;
    private final Corpus corpus;
    private final Wordings wordings;
    private final MiniLmTextTower tower;
    private final InferenceThreads threads;

    public ReleaseExport(
            Layout layout,
            Recipe recipe,
            Orientations orientations,
            Corpus corpus,
            Wordings wordings,
            MiniLmTextTower tower,
            InferenceThreads threads) {
        this.layout = layout;
        this.recipe = recipe;
        this.orientations = orientations;
        this.corpus = corpus;
        this.wordings = wordings;
        this.tower = tower;
        this.threads = threads;
    }

    /** What was written. */
    public record Written(ReleaseId id, double parity, double macroF1, double accuracy) {}

    /**
     * @param average the running average of the weights, flat
     * @param training pixels of the corpus's training cells
     * @param held pixels of its validation cells
     * @param progress told the number of cells encoded, of both
     * @throws ExportException when ONNX Runtime does not reproduce LibTorch
     */
    public Written write(
            Path folder,
            float[] average,
            List<CellPixels> training,
            List<CellPixels> held,
            Map<String, String> facts,
            IntConsumer progress)
            throws ExportException, IOException {
        float[] weights = HalfPrecision.rounded(average);
        TowerGraphs graphs = new TowerGraphs(layout, weights);
        byte[] image = graphs.image(recipe.inputSide(), orientations);
        try (Embedder embedder = new Embedder(layout, weights, orientations);
                ImageEncoder encoder = encoder(image)) {
            double parity = parity(embedder, encoder, held);
            SentenceBank bank =
                    new BankMaker(wordings, FindingTable.shipped()).make(tower, embedder);
            List<float[]> seen = encoded(encoder, training, progress);
            List<float[]> prototypes = prototypes(bank, seen);
            IntConsumer behind = done -> progress.accept(training.size() + done);
            List<float[]> ofHeld = encoded(encoder, held, behind);
            Scores scores = scores(bank, embedder, seen, ofHeld, prototypes);
            int quality = scores.findings().indexOf(NOT_IDENTIFIABLE);
            Calibration calibration = Calibrator.fit(scores, quality, STATED_RISK);
            Map<String, String> all = new TreeMap<>(facts);
            all.put("parity with LibTorch", String.format(Locale.ROOT, "within %.0e", PARITY));
            all.put(Evaluator.LOGIT_SCALE, String.format(Locale.ROOT, "%.4f", scale(weights)));
            String card =
                    new ModelCard(scores)
                            .text(
                                    withOrientations(all),
                                    calibration,
                                    Calibrator.crossFitted(scores, quality, STATED_RISK));
            ReleaseContent content =
                    new ReleaseContent(
                            layout.encoderName(),
                            recipe,
                            image,
                            orientations.count(),
                            graphs.text(),
                            tower.name(),
                            tower.sha256(),
                            bank,
                            calibration,
                            prototypes.stream().map(Embedding::normalised).toList(),
                            golden(encoder),
                            card,
                            all);
            ReleaseId id = ReleaseWriter.write(folder, content);
            return new Written(
                    id, parity, scores.confusion().macroF1(), scores.confusion().accuracy());
        }
    }

    /** For the card; the manifest has them with the encoder. */
    private Map<String, String> withOrientations(Map<String, String> facts) {
        Map<String, String> all = new TreeMap<>(facts);
        if (orientations.count() > 1) {
            all.put(
                    "orientations that a cell is looked at in",
                    orientations.count()
                            + ", a number chosen on validation cells of Cytolog's own data");
        }
        return all;
    }

    /** The factor from cosine to logit that training ended with. */
    private double scale(float[] weights) {
        long place = layout.parameter(Layout.LOGIT_SCALE).orElseThrow().offset();
        return Math.exp(weights[Math.toIntExact(place)]);
    }

    private ImageEncoder encoder(byte[] image) throws ExportException {
        try {
            return OnnxImageEncoder.open(image, recipe.inputSide(), BATCH, threads);
        } catch (OrtException | InvalidProtocolBufferException e) {
            throw new ExportException(
                    "ONNX Runtime refuses the exported graph: " + e.getMessage(), e);
        }
    }

    private static double parity(Embedder embedder, ImageEncoder encoder, List<CellPixels> cells)
            throws ExportException {
        List<CellPixels> compared = cells.subList(0, Math.min(COMPARED, cells.size()));
        List<float[]> expected = embedder.images(compared);
        List<float[]> seen = encoded(encoder, compared, done -> {});
        double worst = 0;
        for (int i = 0; i < expected.size(); i++) {
            for (int d = 0; d < expected.get(i).length; d++) {
                worst = Math.max(worst, Math.abs(expected.get(i)[d] - seen.get(i)[d]));
            }
        }
        if (!(worst <= PARITY)) {
            throw new ExportException(
                    "ONNX Runtime differs from LibTorch by %.2e, the bound is %.0e; no release was written"
                            .formatted(worst, PARITY));
        }
        return worst;
    }

    private static List<float[]> encoded(
            ImageEncoder encoder, List<CellPixels> cells, IntConsumer progress) {
        List<float[]> rows = new ArrayList<>(cells.size());
        for (int from = 0; from < cells.size(); from += BATCH) {
            encoder.encode(cells.subList(from, Math.min(cells.size(), from + BATCH)))
                    .forEach(embedding -> rows.add(embedding.values()));
            progress.accept(rows.size());
        }
        return rows;
    }

    private List<float[]> prototypes(SentenceBank bank, List<float[]> training) {
        List<float[]> prototypes = new ArrayList<>(Coreset.of(training, MOST_PROTOTYPES));
        for (Finding finding : bank.scored()) {
            if (corpus.train().stream().noneMatch(cell -> cell.finding().equals(finding.id()))) {
                // A finding without training cells has its sentences for a prototype.
                prototypes.add(Prototypes.mean(sentences(bank, finding)));
            }
        }
        return prototypes;
    }

    private static List<float[]> sentences(SentenceBank bank, Finding finding) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < bank.sentences().size(); i++) {
            if (bank.sentences().get(i).finding().equals(finding.id())) {
                rows.add(bank.embeddings().get(i).values());
            }
        }
        return rows;
    }

    private Scores scores(
            SentenceBank bank,
            Embedder embedder,
            List<float[]> training,
            List<float[]> held,
            List<float[]> prototypes) {
        List<String> findings = bank.scored().stream().map(Finding::id).toList();
        List<float[]> sentences = new Prototypes(wordings, tower).embeddings(embedder);
        double[] offsets =
                FindingOffsets.of(
                        training, truth(findings, corpus.train()), weights(bank), sentences);
        return Scores.of(
                findings,
                corpus.validation(),
                truth(findings, corpus.validation()),
                held,
                sentences,
                offsets,
                prototypes);
    }

    /** As training draws cells; one that is missed costs more where a person must see it. */
    private double[] weights(SentenceBank bank) {
        Set<String> required =
                bank.scored().stream()
                        .filter(Finding::reviewRequired)
                        .map(Finding::id)
                        .collect(Collectors.toSet());
        double[] weights = new BalancedOrder(corpus.train(), 0).draws();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= required.contains(corpus.train().get(i).finding()) ? CAUTION : 1;
        }
        return weights;
    }

    private static int[] truth(List<String> findings, List<Cell> cells) {
        return cells.stream().mapToInt(cell -> findings.indexOf(cell.finding())).toArray();
    }

    private GoldenVectors golden(ImageEncoder encoder) {
        List<CellPixels> pixels = GoldenPixels.draw(recipe.inputSide());
        List<Embedding> embeddings = new ArrayList<>();
        pixels.forEach(cell -> embeddings.addAll(encoder.encode(List.of(cell))));
        return new GoldenVectors(pixels, embeddings, ReleaseFiles.GOLDEN_TOLERANCE);
    }
}
