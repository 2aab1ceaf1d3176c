// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.embed.Embedding;
import io.cytolog.embed.ImageEncoder;
import io.cytolog.image.CellPixels;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * A release's image tower on ONNX Runtime. Batches are padded to powers of two, so that the
 * runtime's memory stays flat. Owned by one platform thread; holds one direct buffer that it uses
 * again for every run.
 */
public final class OnnxImageEncoder implements ImageEncoder {

    private final OrtSession session;
    private final PixelBatch batch;
    private final ByteBuffer input;

    private OnnxImageEncoder(OrtSession session, int side, int maxBatch) {
        this.session = session;
        this.batch = new PixelBatch(side, maxBatch);
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
            throw ReleaseFaults.notLoaded(release, e);
        }
        try {
            release.golden().check(encoder::encode);
            return encoder;
        } catch (InvalidReleaseException e) {
            encoder.close();
            throw e;
        } catch (RuntimeException e) {
            encoder.close();
            throw ReleaseFaults.notRunning(release, e);
        }
    }

    /** Opens a model that is not yet a release, as the trainer does to compare. */
    public static OnnxImageEncoder open(
            byte[] model, int side, int maxBatch, InferenceThreads threads)
            throws OrtException, InvalidProtocolBufferException {
        byte[] rewritten = EncoderRewrite.apply(model);
        return new OnnxImageEncoder(Sessions.open(rewritten, threads), side, maxBatch);
    }

    @Override
    public int maxBatch() {
        return batch.maxBatch();
    }

    @Override
    public List<Embedding> encode(List<CellPixels> cells) {
        int padded = batch.fill(cells, input);
        input.flip();
        long[] shape = {padded, batch.side(), batch.side(), 3};
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(
                                Sessions.environment(), input, shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(PixelBatch.INPUT, tensor))) {
            return PixelBatch.embeddings((OnnxTensor) result.get(0), cells.size());
        } catch (OrtException e) {
            throw new EncoderFailedException("a run of %d cells failed".formatted(padded), e);
        }
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
