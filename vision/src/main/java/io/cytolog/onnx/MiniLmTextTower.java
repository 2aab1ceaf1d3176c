// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.cytolog.image.ImageBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * all-MiniLM-L6-v2 as its jar brings it (Apache-2.0): 384 dimensions, mean of the token vectors
 * under the attention mask, unit length. Frozen; a release only adds a projection. Owned by one
 * thread.
 */
public final class MiniLmTextTower implements AutoCloseable {

    /** Dimensions of a text vector before projection. */
    public static final int DIMENSIONS = 384;

    private static final String NAME = "all-MiniLM-L6-v2";
    private static final String MODEL = "/all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
    private static final int LONGEST = 256;

    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final String sha256;

    private MiniLmTextTower(OrtSession session, HuggingFaceTokenizer tokenizer, String sha256) {
        this.session = session;
        this.tokenizer = tokenizer;
        this.sha256 = sha256;
    }

    /** Loads model and tokenizer from the class path. */
    public static MiniLmTextTower open(InferenceThreads threads) {
        try (InputStream tokens = resource(TOKENIZER)) {
            byte[] model = bytes(MODEL);
            Map<String, String> options =
                    Map.of("padding", "false", "truncation", "true", "maxLength", "" + LONGEST);
            return new MiniLmTextTower(
                    Sessions.open(model, threads),
                    HuggingFaceTokenizer.newInstance(tokens, options),
                    ImageBytes.wrap(model).sha256());
        } catch (IOException e) {
            throw new UncheckedIOException("the text tower's jar cannot be read", e);
        } catch (OrtException e) {
            throw new EncoderFailedException("the text tower cannot be loaded", e);
        }
    }

    public String name() {
        return NAME;
    }

    /** SHA-256 of the tower's ONNX file. */
    public String sha256() {
        return sha256;
    }

    /** One vector of {@value #DIMENSIONS} dimensions and unit length a sentence, in order. */
    public List<float[]> embed(List<String> sentences) {
        List<float[]> vectors = new ArrayList<>(sentences.size());
        for (String sentence : sentences) {
            vectors.add(embed(sentence));
        }
        return vectors;
    }

    /** Runs one sentence; alone, so that padding never changes a vector. */
    public float[] embed(String sentence) {
        Encoding tokens = tokenizer.encode(sentence);
        long[] shape = {1, tokens.getIds().length};
        try (OnnxTensor ids = tensor(tokens.getIds(), shape);
                OnnxTensor mask = tensor(tokens.getAttentionMask(), shape);
                OnnxTensor types = tensor(tokens.getTypeIds(), shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            return meanUnit(((float[][][]) result.get(0).getValue())[0]);
        } catch (OrtException e) {
            throw new EncoderFailedException("the text tower failed", e);
        }
    }

    private static OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(Sessions.environment(), LongBuffer.wrap(values), shape);
    }

    private static float[] meanUnit(float[][] tokens) {
        double[] sum = new double[DIMENSIONS];
        for (float[] token : tokens) {
            for (int d = 0; d < DIMENSIONS; d++) {
                sum[d] += token[d];
            }
        }
        double square = 0;
        for (double value : sum) {
            square += value * value;
        }
        double length = Math.sqrt(square);
        float[] unit = new float[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            unit[d] = (float) (sum[d] / length);
        }
        return unit;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = MiniLmTextTower.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(name + " is not on the class path");
        }
        return in;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new EncoderFailedException("the text tower cannot be closed", e);
        }
    }
}
