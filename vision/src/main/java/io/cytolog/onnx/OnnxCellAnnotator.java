// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.CellAnnotator;
import io.cytolog.bank.Match;
import io.cytolog.bank.Matcher;
import io.cytolog.embed.Embedding;
import io.cytolog.image.CellPixels;
import io.cytolog.onnx.BankColumns.Columns;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Encoder and bank as one graph on ONNX Runtime: only pixels enter a run and only a few numbers a
 * cell leave it. Batches are padded to powers of two, so that the runtime's memory stays flat. What
 * it says is what {@link io.cytolog.bank.EncodeThenMatch} says, to the rounding of float. Owned by
 * one platform thread, which opens, runs and closes it.
 */
public final class OnnxCellAnnotator implements CellAnnotator {

    private final BankColumns bank;
    private final Matcher matcher;
    private final int maxBatch;
    private final PixelBatch batch;
    private final BankWeights weights;
    private final OrtSession session;
    private final RunBuffers buffers;

    private OnnxCellAnnotator(
            byte[] composed, Matcher matcher, int side, int maxBatch, SessionOpener opener)
            throws OrtException {
        this.bank = BankColumns.of(matcher);
        this.matcher = matcher;
        this.maxBatch = maxBatch;
        this.batch = new PixelBatch(side, maxBatch);
        this.weights = BankWeights.of(bank);
        try {
            this.session = opener.open(composed, weights.tensors(), batch);
        } catch (OrtException | RuntimeException | LinkageError e) {
            weights.close();
            throw e;
        }
        this.buffers =
                new RunBuffers(PixelBatch.INPUT, maxBatch, side, bank.scores(), bank.matches());
    }

    /** Composes and opens a release's encoder on the CPU. */
    public static OnnxCellAnnotator open(Release release, int maxBatch, InferenceThreads threads)
            throws InvalidReleaseException {
        return open(release, maxBatch, SessionOpener.cpu(threads));
    }

    /**
     * Composes a release's encoder with its bank, opens it and holds its embeddings against the
     * release's golden vectors; of sessions that open one after the other the first does.
     *
     * @throws InvalidReleaseException when the model cannot be loaded or computes something else
     */
    public static OnnxCellAnnotator open(Release release, int maxBatch, SessionOpener opener)
            throws InvalidReleaseException {
        ComposedModels.Composed composed;
        OnnxCellAnnotator annotator;
        try {
            composed = opener.models().of(release);
            annotator =
                    new OnnxCellAnnotator(
                            composed.model(),
                            release.matcher(),
                            release.manifest().encoder().inputSide(),
                            maxBatch,
                            opener);
        } catch (IOException | OrtException | IllegalArgumentException e) {
            throw ReleaseFaults.notLoaded(release, e);
        }
        try {
            if (!composed.checked()) {
                release.golden().check(annotator::embeddings);
                composed.check();
            }
            return annotator;
        } catch (InvalidReleaseException e) {
            annotator.close();
            throw e;
        } catch (RuntimeException e) {
            annotator.close();
            throw ReleaseFaults.notRunning(release, e);
        }
    }

    /** Composes any encoder with any bank of its dimensions. */
    static OnnxCellAnnotator open(
            byte[] encoder, Matcher matcher, int side, int maxBatch, SessionOpener opener)
            throws OrtException, InvalidProtocolBufferException {
        byte[] composed = ComposedModels.compose(encoder, BankColumns.of(matcher));
        return new OnnxCellAnnotator(composed, matcher, side, maxBatch, opener);
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public List<CellAnnotation> annotate(List<CellPixels> cells) {
        int padded = batch.fill(cells, buffers.pixels());
        try {
            RunBuffers.Bucket bucket = buffers.bucket(padded);
            session.run(bucket.inputs(), bucket.outputs()).close();
        } catch (OrtException e) {
            throw new EncoderFailedException("a run of %d cells failed".formatted(padded), e);
        }
        return annotations(cells.size());
    }

    /** Embeddings of cells, for comparison only; what a run usually keeps to itself. */
    List<Embedding> embeddings(List<CellPixels> cells) {
        int padded = batch.fill(cells, buffers.pixels());
        try (OrtSession.Result result =
                session.run(buffers.bucket(padded).inputs(), Set.of(MatchGraph.EMBEDDING))) {
            return PixelBatch.embeddings((OnnxTensor) result.get(0), cells.size());
        } catch (OrtException e) {
            throw new EncoderFailedException("a run of %d cells failed".formatted(padded), e);
        }
    }

    private List<CellAnnotation> annotations(int count) {
        FloatBuffer scores = buffers.scores();
        LongBuffer sentences = buffers.sentences();
        List<CellAnnotation> annotations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            annotations.add(annotation(scores, sentences));
        }
        return annotations;
    }

    private CellAnnotation annotation(FloatBuffer scores, LongBuffer sentences) {
        double[] similarities = new double[bank.findings().size()];
        for (int i = 0; i < similarities.length; i++) {
            similarities[i] = cosine(scores.get());
        }
        double nearest = cosine(scores.get());
        List<Match> matches = new ArrayList<>(bank.matches());
        addMatches(bank.ofFindings(), scores, sentences, matches);
        addMatches(bank.ofAttributes(), scores, sentences, matches);
        matches.sort(Matcher.MOST_SIMILAR_FIRST);
        return matcher.verdict().of(similarities, nearest, matches);
    }

    private static void addMatches(
            Columns columns, FloatBuffer scores, LongBuffer sentences, List<Match> matches) {
        for (int i = 0; i < columns.best(); i++) {
            float similarity = scores.get();
            int column = Math.toIntExact(sentences.get());
            if (similarity > MatchGraph.NONE) {
                matches.add(new Match(columns.sentences().get(column), similarity));
            }
        }
    }

    /** A graph that divides by zero must not become a result. */
    private static double cosine(float value) {
        if (!(Math.abs(value) <= 1.01f)) {
            throw new IllegalStateException(
                    "the session gave a similarity of %s; a cosine is -1 to 1".formatted(value));
        }
        return value;
    }

    @Override
    public void close() {
        try (weights;
                buffers) {
            session.close();
        } catch (OrtException e) {
            throw new EncoderFailedException("the session cannot be closed", e);
        }
    }
}
