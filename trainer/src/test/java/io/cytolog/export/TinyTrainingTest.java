// Licensed under the Apache License, Version 2.0.
package io.cytolog.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cytolog.balance.Balance;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.corpus.Cell;
import io.cytolog.corpus.CellTexts;
import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.TextStore;
import io.cytolog.corpus.Wordings;
import io.cytolog.evaluate.Prototypes;
import io.cytolog.evaluate.Scores;
import io.cytolog.evaluate.SeenCells;
import io.cytolog.evaluate.Teachers;
import io.cytolog.fit.Aims;
import io.cytolog.fit.Embedder;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Lessons;
import io.cytolog.fit.Optimiser;
import io.cytolog.fit.Outliers;
import io.cytolog.fit.Precision;
import io.cytolog.fit.Ramp;
import io.cytolog.fit.Sides;
import io.cytolog.fit.Trainer;
import io.cytolog.fit.TrainingSet;
import io.cytolog.image.CellPixels;
import io.cytolog.image.Recipe;
import io.cytolog.measure.ErrorBounds;
import io.cytolog.measure.Measured;
import io.cytolog.network.Layout;
import io.cytolog.network.Orientations;
import io.cytolog.network.OutlineTower;
import io.cytolog.network.Weights;
import io.cytolog.onnx.InferenceThreads;
import io.cytolog.onnx.MeasuringAnnotator;
import io.cytolog.onnx.MiniLmTextTower;
import io.cytolog.onnx.OnnxImageEncoder;
import io.cytolog.onnx.OnnxMeasurementHead;
import io.cytolog.onnx.SessionOpener;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.MeasurementHead;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseFiles;
import io.cytolog.release.ReleaseReader;
import io.cytolog.release.ReleaseWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole trainer on drawn pictures and the smallest network; says nothing about accuracy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TinyTrainingTest {

    private static final Recipe RECIPE = new Recipe(64, 128, 1.6, 2.0, 8);
    private static final FitPlan PLAN =
            new FitPlan(
                    7,
                    8,
                    2,
                    1e-3,
                    2,
                    0.05,
                    0.1,
                    0.9,
                    new Sides(0.3, 0.6),
                    Ramp.upTo(1),
                    0,
                    Precision.BFLOAT16,
                    Optimiser.ADAMW,
                    Aims.STANDARD);

    @TempDir private Path folder = Path.of("");
    private final Wordings wordings = Wordings.shipped();
    private final List<Cell> cells = new ArrayList<>();
    private final List<CellPixels> pixels = new ArrayList<>();
    private MiniLmTextTower tower = TextStore.tower(1);

    @BeforeAll
    void draw() {
        openblas.blas_set_num_threads(1);
        torch.set_num_threads(1);
        for (var finding : wordings.findings()) {
            for (int i = 0; i < 3; i++) {
                int number = cells.size();
                cells.add(
                        new Cell(
                                "drawn/%d".formatted(number),
                                "drawn",
                                finding.id(),
                                "group " + number,
                                true,
                                false,
                                i == 0 ? Map.of("cell_size", "big") : Map.of()));
                pixels.add(picture(number));
            }
        }
    }

    @AfterAll
    void close() {
        tower.close();
    }

    @ParameterizedTest
    @EnumSource
    void resumedTrainingEqualsUninterrupted(Optimiser optimiser) throws Exception {
        // Given
        TrainingSet set = set(Lessons.NONE, new Outliers(pixels.subList(0, 5), 0.25));
        FitPlan plan = PLAN.optimisedBy(optimiser).mixed(0.4);
        float[] whole = train(Layout.tiny(), set, plan);

        // When
        float[] resumed;
        try (Trainer first = new Trainer(Layout.tiny(), set, plan, "test")) {
            int[] done = {0};
            first.run((step, steps, loss) -> done[0] = step, () -> done[0] >= 4);
            assertThat(first.finished()).isFalse();
            var checkpoint = first.checkpoint();
            Path file = folder.resolve("checkpoint.bin");
            checkpoint.write(file);
            try (Trainer second =
                    new Trainer(Layout.tiny(), set, plan, io.cytolog.fit.Checkpoint.read(file))) {
                second.run((step, steps, loss) -> {}, () -> false);
                resumed = second.averageWeights();
            }
        }

        // Then
        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void sameSeedGivesSameReleaseWhichReadsBack() throws Exception {
        // Given
        TrainingSet set = set();

        // When
        ReleaseExport.Written once = export(set, "once");
        ReleaseExport.Written again = export(set, "again");

        // Then
        assertThat(again.id()).isEqualTo(once.id());
        assertThat(once.parity()).isLessThanOrEqualTo(1e-4);
        Release release = ReleaseReader.read(folder.resolve("once"));
        assertThat(release.id()).isEqualTo(once.id());
        assertThat(release.bank().scored()).hasSize(wordings.findings().size());
    }

    @Test
    void weightsComeBackFromARelease() throws Exception {
        // Given
        TrainingSet set = set();
        float[] trained = train(set);
        export(set, "kept");
        Release release = ReleaseReader.read(folder.resolve("kept"));

        // When
        float[] read = ReleaseWeights.flat(release, Layout.tiny(), 1);

        // Then: rounded to float16, but for the two that are no part of a graph
        for (var parameter : Layout.tiny().parameters()) {
            boolean kept = !parameter.name().startsWith("logit");
            int from = (int) parameter.offset();
            for (int i = from; i < from + parameter.size(); i++) {
                float rounded = Float.float16ToFloat(Float.floatToFloat16(trained[i]));
                assertThat(read[i])
                        .as("%s", parameter.name())
                        .isCloseTo(kept ? rounded : trained[i], within(kept ? 0f : 0.01f));
            }
        }
    }

    @Test
    void aReleaseSaysInHowManyOrientationsItLooks() throws Exception {
        float[] weights = train(set());
        export(weights, "four", new Orientations(4));
        export(weights, "upright", Orientations.UPRIGHT);
        Release four = ReleaseReader.read(folder.resolve("four"));
        Release upright = ReleaseReader.read(folder.resolve("upright"));

        assertThat(ReleaseWeights.orientations(four)).isEqualTo(new Orientations(4));
        assertThat(ReleaseWeights.orientations(upright)).isEqualTo(Orientations.UPRIGHT);
        assertThat(four.manifest().encoder().cellsIn(32)).isEqualTo(8);
        assertThat(Files.readString(four.folder().resolve(ReleaseFiles.MODEL_CARD)))
                .contains("| orientations that a cell is looked at in | 4,");
        assertThat(ReleaseWeights.flat(four, Layout.tiny(), 1))
                .isEqualTo(ReleaseWeights.flat(upright, Layout.tiny(), 1));
    }

    @Test
    void eightBitsKeepTheOrientations() throws Exception {
        // Given
        export(train(set()), "four", new Orientations(4));
        Release four = ReleaseReader.read(folder.resolve("four"));

        // When
        try (var encoder = OnnxImageEncoder.open(four, 1, new InferenceThreads(1))) {
            byte[] model = Files.readAllBytes(four.imageEncoder());
            Int8Export.write(folder.resolve("int8"), four, model, encoder, "a remark");
        }

        // Then
        Release small = ReleaseReader.read(folder.resolve("int8"));
        assertThat(ReleaseWeights.orientations(small)).isEqualTo(new Orientations(4));
    }

    @Test
    void theAuxiliaryClassifierTrainsAndStaysBehind() throws Exception {
        // Given
        TrainingSet set = set();
        Layout tiny = Layout.tiny();
        int classes = wordings.classCount();
        Layout classifying = tiny.classifying(classes);
        FitPlan plan = PLAN.aimedAt(Aims.STANDARD.classified(1));

        // When
        float[] weights = train(classifying, set, plan);
        export(classifying, weights, "classified", Orientations.UPRIGHT);

        // Then: it learnt, and changed what else was learnt
        float[] before = Weights.initial(classifying, plan.seed());
        int place = (int) tiny.size();
        float[] classifier = Arrays.copyOfRange(weights, place, weights.length);
        assertThat(classifier).hasSize(classes * tiny.width(3) + classes);
        assertThat(classifier)
                .isNotEqualTo(Arrays.copyOfRange(before, place, before.length))
                .doesNotContain(Float.NaN);
        float[] trunk = Arrays.copyOf(weights, (int) tiny.trunkSize());
        assertThat(trunk).isNotEqualTo(Arrays.copyOf(train(set), trunk.length));

        // And: the release is one of the network without it, and can be gone on from with one
        Release release = ReleaseReader.read(folder.resolve("classified"));
        assertThat(new String(Files.readAllBytes(release.imageEncoder()), ISO_8859_1))
                .contains("head.project")
                .doesNotContain("auxiliary");
        float[] plain = ReleaseWeights.flat(release, tiny, 1);
        float[] anew = ReleaseWeights.flat(release, classifying, 1);
        assertThat(Arrays.copyOf(anew, plain.length)).isEqualTo(plain);
        assertThat(Arrays.copyOfRange(anew, place, anew.length))
                .isEqualTo(Arrays.copyOfRange(Weights.initial(classifying, 1), place, anew.length));
    }

    @Test
    void teachersSayWhatTheyServe() throws Exception {
        // Given
        float[] weights = train(set());
        export(weights, "first", Orientations.UPRIGHT);
        export(weights, "second", new Orientations(4));
        Release first = ReleaseReader.read(folder.resolve("first"));
        Release second = ReleaseReader.read(folder.resolve("second"));
        Path cache = folder.resolve("lessons");
        InferenceThreads threads = new InferenceThreads(1);
        int findings = wordings.findings().size();

        // When
        Teachers both = new Teachers(List.of(first, second), wordings, cache, threads);
        List<Integer> told = new ArrayList<>();
        float[] shares = both.shares(cells, recipe -> pixels, told::add);

        // Then: the mean of what each says, which is what it serves
        float[] ofFirst = said(first, cache);
        float[] ofSecond = said(second, cache);
        assertThat(ofFirst).isNotEqualTo(ofSecond);
        try (var encoder = OnnxImageEncoder.open(first, 8, threads)) {
            Scores served = SeenCells.of(first, encoder, cells, pixels, done -> {}).scores();
            for (int i = 0; i < cells.size(); i++) {
                double sum = 0;
                int most = 0;
                for (int f = 0; f < findings; f++) {
                    int place = i * findings + f;
                    sum += shares[place];
                    most = ofFirst[place] > ofFirst[i * findings + most] ? f : most;
                    assertThat(shares[place])
                            .isCloseTo((ofFirst[place] + ofSecond[place]) / 2, within(1e-6f));
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
                assertThat(wordings.findings().get(most).id())
                        .isEqualTo(served.findings().get(served.given()[i]));
            }
        }
        assertThat(told).isSorted().endsWith(2 * cells.size());

        // And: it is asked once
        try (var files = Files.list(cache)) {
            assertThat(files).hasSize(2);
        }
        Teachers gone =
                new Teachers(List.of(first, second), wordings, cache, new InferenceThreads(1));
        Files.move(first.imageEncoder(), folder.resolve("moved.onnx"));
        assertThat(gone.shares(cells, recipe -> pixels, done -> {})).isEqualTo(shares);
    }

    @Test
    void aTeacherIsShownCellsAsItsOwnRecipeCutsThem() throws Exception {
        export(set(), "teacher");
        Release teacher = ReleaseReader.read(folder.resolve("teacher"));
        Path cache = folder.resolve("lessons");
        List<Recipe> asked = new ArrayList<>();

        new Teachers(List.of(teacher), wordings, cache, new InferenceThreads(1))
                .shares(
                        cells,
                        recipe -> {
                            asked.add(recipe);
                            return pixels;
                        },
                        done -> {});

        assertThat(asked).containsExactly(RECIPE);
    }

    @Test
    void whatTeachersSayIsLearnt() throws Exception {
        // Given: teachers that take every cell for the last finding
        int findings = wordings.findings().size();
        float[] shares = new float[cells.size() * findings];
        for (int i = 0; i < cells.size(); i++) {
            shares[(i + 1) * findings - 1] = 1;
        }
        FitPlan plan = PLAN.rated(5e-3);

        // When
        float[] labelled = train(Layout.tiny(), set(), plan);
        float[] taught = train(Layout.tiny(), set(new Lessons(shares, 1)), plan);

        // Then
        assertThat(towardsLast(taught)).isGreaterThan(towardsLast(labelled) + 0.05);
        assertThat(train(Layout.tiny(), set(new Lessons(shares, 0)), plan)).isEqualTo(labelled);
    }

    @Test
    void refusesAReleaseOfAnotherNetwork() throws Exception {
        export(set(), "other");
        Release release = ReleaseReader.read(folder.resolve("other"));

        assertThatThrownBy(() -> ReleaseWeights.flat(release, Layout.atto(), 1))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("stem.conv.weight");
    }

    @Test
    void aReleaseCarriesAHeadAndMeasuresWithIt() throws Exception {
        // Given: a release, and a head that was taught nothing
        export(set(), "plain");
        Release plain = ReleaseReader.read(folder.resolve("plain"));
        byte[] model = OutlineGraph.of(Weights.initial(OutlineTower.parameters(), 5), 64);

        // When
        Release measuring = measuring(plain, model, "measuring", 0);

        // Then: another release, with the same encoder
        assertThat(plain.measurementHead()).isEmpty();
        assertThat(measuring.id()).isNotEqualTo(plain.id());
        assertThat(measuring.manifest().files()).containsAllEntriesOf(plain.manifest().files());
        SessionOpener opener = SessionOpener.cpu(new InferenceThreads(1));
        try (CellAnnotator annotator = MeasuringAnnotator.open(measuring, 4, opener);
                CellAnnotator without = MeasuringAnnotator.open(plain, 4, opener)) {
            Measured measured = annotator.annotate(pixels.subList(0, 1)).getFirst().measured();
            assertThat(measured.measurements().isEmpty()).isNotEqualTo(measured.flags().isEmpty());
            assertThat(without.annotate(pixels.subList(0, 1)).getFirst().measured())
                    .isEqualTo(Measured.NONE);
        }
    }

    @Test
    void aHeadThatComputesSomethingElseDoesNotServe() throws Exception {
        // Given: the areas that it must give are others than it gives
        export(set(), "other-plain");
        Release plain = ReleaseReader.read(folder.resolve("other-plain"));
        byte[] model = OutlineGraph.of(Weights.initial(OutlineTower.parameters(), 5), 64);
        Release wrong = measuring(plain, model, "wrong", 50);

        // Then
        assertThatThrownBy(
                        () ->
                                MeasuringAnnotator.open(
                                        wrong, 4, SessionOpener.cpu(new InferenceThreads(1))))
                .isInstanceOf(InvalidReleaseException.class)
                .hasMessageContaining("measurement head");
    }

    private float[] said(Release release, Path cache) throws Exception {
        return new Teachers(List.of(release), wordings, cache, new InferenceThreads(1))
                .shares(cells, recipe -> pixels, done -> {});
    }

    /** How much nearer cells are to the last finding than to others, mean cosine. */
    private double towardsLast(float[] weights) {
        try (Embedder embedder = new Embedder(Layout.tiny(), weights)) {
            List<float[]> findings = new Prototypes(wordings, tower).embeddings(embedder);
            double sum = 0;
            for (float[] cell : embedder.images(pixels)) {
                for (float[] finding : findings) {
                    for (int d = 0; d < cell.length; d++) {
                        sum += cell[d] * (findings.getLast()[d] - finding[d]);
                    }
                }
            }
            return sum / pixels.size() / findings.size();
        }
    }

    private Release measuring(Release plain, byte[] model, String name, double off)
            throws Exception {
        try (OnnxMeasurementHead head =
                OnnxMeasurementHead.open(model, 64, 32, 4, new InferenceThreads(1))) {
            List<MeasurementHead.Areas> golden =
                    plain.golden().pixels().stream()
                            .map(head::areas)
                            .map(a -> new MeasurementHead.Areas(a.cell() + off, a.nucleus()))
                            .toList();
            var bounds = Map.of("cell-area", new ErrorBounds.Bounds(0.9, 1.1));
            ReleaseWriter.write(
                    folder.resolve(name),
                    plain,
                    new MeasurementHead("measurement-head.onnx", 32, "nothing", bounds, golden),
                    model);
        }
        return ReleaseReader.read(folder.resolve(name));
    }

    private ReleaseExport.Written export(TrainingSet set, String name) throws Exception {
        return export(train(set), name, Orientations.UPRIGHT);
    }

    private ReleaseExport.Written export(float[] weights, String name, Orientations orientations)
            throws Exception {
        return export(Layout.tiny(), weights, name, orientations);
    }

    private ReleaseExport.Written export(
            Layout layout, float[] weights, String name, Orientations orientations)
            throws Exception {
        Corpus corpus = new Corpus(folder, cells, cells, "digest");
        InferenceThreads threads = new InferenceThreads(1);
        return new ReleaseExport(layout, RECIPE, orientations, corpus, wordings, tower, threads)
                .write(
                        folder.resolve(name),
                        weights,
                        pixels,
                        pixels,
                        Map.of("seed", "7"),
                        done -> {});
    }

    private static float[] train(TrainingSet set) {
        return train(Layout.tiny(), set, PLAN);
    }

    private static float[] train(Layout layout, TrainingSet set, FitPlan plan) {
        try (Trainer trainer = new Trainer(layout, set, plan, "test")) {
            trainer.run((step, steps, loss) -> assertThat(loss).isFinite(), () -> false);
            assertThat(trainer.finished()).isTrue();
            return trainer.averageWeights();
        }
    }

    private TrainingSet set() throws Exception {
        return set(Lessons.NONE);
    }

    private TrainingSet set(Lessons lessons) throws Exception {
        return set(lessons, Outliers.NONE);
    }

    private TrainingSet set(Lessons lessons, Outliers outliers) throws Exception {
        CellTexts texts = new CellTexts(wordings, cells, 7);
        float[] vectors = new TextStore(folder, tower).vectors(texts.texts(), done -> {});
        return new TrainingSet(
                wordings,
                cells,
                pixels,
                texts,
                vectors,
                Balance.ROOT.order(cells, 7),
                Balance.ROOT.weights(cells),
                lessons,
                outliers);
    }

    private static CellPixels picture(int number) {
        byte[] rgb = new byte[64 * 64 * 3];
        new Random(number).nextBytes(rgb);
        return new CellPixels(64, rgb);
    }
}
