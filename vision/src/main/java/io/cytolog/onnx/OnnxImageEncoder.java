// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A release's image tower on ONNX Runtime. Batches are padded to powers of two, so that the
 * runtime's memory stays flat. Owned by one platform thread; holds one direct buffer that it uses
 * again for every run.
 */
public final class OnnxImageEncoder implements ImageEncoder {

    private static final String INPUT = "pixels";

    private final OrtSession session;
    private final int side;
    private final int maxBatch;
    private final ByteBuffer input;

    private OnnxImageEncoder(OrtSession session, int side, int maxBatch) {
        this.session = session;
        this.side = side;
        this.maxBatch = maxBatch;
        this.input =
                ByteBuffer.allocateDirect(maxBatch * side * side * 3)
                        .order(ByteOrder.nativeOrder());
    }

    /**
     * Opens a release's encoder and holds it against the release's golden vectors.
     *
     * @throws InvalidReleaseException when the model cannot be loaded or computes something else
     */
    public static OnnxImageEncoder open(Release release, int maxBatch, InferenceThreads threads)
            throws InvalidReleaseException {
        OnnxImageEncoder encoder;
        try {
            byte[] model = Files.readAllBytes(release.imageEncoder());
            encoder = open(model, release.manifest().encoder().inputSide(), maxBatch, threads);
        } catch (IOException | OrtException e) {
            throw new InvalidReleaseException(
                    "the encoder of release %s cannot be loaded: %s"
                            .formatted(release.folder(), e.getMessage()),
                    e);
        }
        try {
            release.golden().check(encoder);
            return encoder;
        } catch (InvalidReleaseException e) {
            encoder.close();
            throw e;
        } catch (RuntimeException e) {
            encoder.close();
            throw new InvalidReleaseException(
                    "the encoder of release %s does not run: %s; train or fetch it again"
                            .formatted(release.folder(), e.getMessage()),
                    e);
        }
    }

    /** Opens a model that is not yet a release, as the trainer does to compare. */
    public static OnnxImageEncoder open(
            byte[] model, int side, int maxBatch, InferenceThreads threads) throws OrtException {
        return new OnnxImageEncoder(Sessions.open(model, threads), side, maxBatch);
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public List<Embedding> encode(List<CellPixels> cells) {
        if (cells.isEmpty() || cells.size() > maxBatch) {
            throw new IllegalArgumentException(
                    "a batch of %d cells; give 1 to %d".formatted(cells.size(), maxBatch));
        }
        int padded = Math.min(maxBatch, paddedSize(cells.size()));
        fill(cells, padded);
        long[] shape = {padded, side, side, 3};
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(
                                Sessions.environment(), input, shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(INPUT, tensor))) {
            return embeddings((float[][]) result.get(0).getValue(), cells.size());
        } catch (OrtException e) {
            throw new EncoderFailedException("a run of %d cells failed".formatted(padded), e);
        }
    }

    /** The next power of two. */
    static int paddedSize(int cells) {
        return cells == 1 ? 1 : Integer.highestOneBit(cells - 1) << 1;
    }

    private void fill(List<CellPixels> cells, int padded) {
        input.clear();
        for (CellPixels cell : cells) {
            if (cell.side() != side) {
                throw new IllegalArgumentException(
                        "a cell of %d px a side; this encoder takes %d"
                                .formatted(cell.side(), side));
            }
            input.put(cell.rgb());
        }
        byte[] last = cells.getLast().rgb();
        for (int i = cells.size(); i < padded; i++) {
            input.put(last);
        }
        input.flip();
    }

    private static List<Embedding> embeddings(float[][] rows, int count) {
        List<Embedding> embeddings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            embeddings.add(Embedding.ofUnit(rows[i]));
        }
        return embeddings;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EncoderFailedException("the session cannot be closed", e);
        }
    }
}
