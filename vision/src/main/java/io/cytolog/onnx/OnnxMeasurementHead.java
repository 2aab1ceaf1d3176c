// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cytolog.image.CellPixels;
import io.cytolog.measure.Silhouette;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.MeasurementHead;
import io.cytolog.release.Release;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Outlines cells with a release's measurement head on ONNX Runtime. Owned by one platform thread,
 * which opens, runs and closes it.
 */
public final class OnnxMeasurementHead implements AutoCloseable {

    /** Square pixels of the map, or this share, that golden areas may differ by. */
    private static final double TOLERANCE = 0.01;

    private static final int CHANNELS = 2;

    private final OrtSession session;
    private final PixelBatch batch;
    private final int mapSide;
    private final ByteBuffer input;

    private OnnxMeasurementHead(OrtSession session, PixelBatch batch, int mapSide) {
        this.session = session;
        this.batch = batch;
        this.mapSide = mapSide;
        this.input =
                ByteBuffer.allocateDirect(batch.maxBatch() * batch.side() * batch.side() * 3)
                        .order(ByteOrder.nativeOrder());
    }

    /**
     * Opens a release's head and holds it against the areas that it must give.
     *
     * @throws InvalidReleaseException when the model cannot be loaded or computes something else
     */
    static OnnxMeasurementHead open(
            Release release, MeasurementHead head, int maxBatch, SessionOpener opener)
            throws InvalidReleaseException {
        OnnxMeasurementHead opened;
        try {
            byte[] model = Files.readAllBytes(release.folder().resolve(head.file()));
            int side = release.manifest().encoder().inputSide();
            PixelBatch batch = new PixelBatch(side, maxBatch);
            OrtSession session = opener.open(model, Map.of(), batch);
            opened = new OnnxMeasurementHead(session, batch, head.mapSide());
        } catch (IOException | OrtException e) {
            throw ReleaseFaults.notLoaded(release, e);
        }
        try {
            opened.check(release, head);
            return opened;
        } catch (InvalidReleaseException e) {
            opened.close();
            throw e;
        } catch (RuntimeException e) {
            opened.close();
            throw ReleaseFaults.notRunning(release, e);
        }
    }

    /** Opens a model that is not yet in a release, as the trainer does to compare. */
    public static OnnxMeasurementHead open(
            byte[] model, int side, int mapSide, int maxBatch, InferenceThreads threads)
            throws OrtException {
        return new OnnxMeasurementHead(
                Sessions.open(model, threads), new PixelBatch(side, maxBatch), mapSide);
    }

    private void check(Release release, MeasurementHead head) throws InvalidReleaseException {
        for (int i = 0; i < head.goldenAreas().size(); i++) {
            MeasurementHead.Areas golden = head.goldenAreas().get(i);
            MeasurementHead.Areas seen = areas(release.golden().pixels().get(i));
            if (differs(seen.cell(), golden.cell()) || differs(seen.nucleus(), golden.nucleus())) {
                throw new InvalidReleaseException(
                        "the measurement head gives areas %s for golden picture %d, it must give %s; this machine's runtime must not serve this release"
                                .formatted(seen, i, golden));
            }
        }
    }

    private static boolean differs(double seen, double golden) {
        return !(Math.abs(seen - golden) <= TOLERANCE * Math.max(golden, 1 / TOLERANCE));
    }

    /** Areas of one picture as golden ones are kept. */
    public MeasurementHead.Areas areas(CellPixels cell) {
        Silhouette silhouette = outline(List.of(cell)).getFirst();
        return new MeasurementHead.Areas(silhouette.body().area(), silhouette.nucleus().area());
    }

    /**
     * One silhouette a cell, in order, in pixels of the map.
     *
     * @param cells 1 to as many as it was opened for
     */
    public List<Silhouette> outline(List<CellPixels> cells) {
        int padded = batch.fill(cells, input);
        input.flip();
        long[] shape = {padded, batch.side(), batch.side(), 3};
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(
                                Sessions.environment(), input, shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(PixelBatch.INPUT, tensor))) {
            return silhouettes((OnnxTensor) result.get(0), cells.size());
        } catch (OrtException e) {
            throw new EncoderFailedException("a run of %d outlines failed".formatted(padded), e);
        }
    }

    private List<Silhouette> silhouettes(OnnxTensor output, int count) {
        long[] shape = output.getInfo().getShape();
        if (shape.length != 4
                || shape[1] != CHANNELS
                || shape[2] != mapSide
                || shape[3] != mapSide) {
            throw new IllegalStateException(
                    "the measurement head gives maps of another shape than its release states");
        }
        FloatBuffer maps = output.getFloatBuffer();
        float[] body = new float[mapSide * mapSide];
        float[] nucleus = new float[mapSide * mapSide];
        List<Silhouette> silhouettes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            maps.get(body);
            maps.get(nucleus);
            silhouettes.add(Silhouette.of(body, nucleus, mapSide));
        }
        return silhouettes;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EncoderFailedException("the measurement session cannot be closed", e);
        }
    }
}
