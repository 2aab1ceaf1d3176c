// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Everything needed to go on. The random choices of a step follow from seed and step number, so no
 * generator state is kept.
 *
 * @param identity names data, recipe and plan; a checkpoint only continues its own
 */
public record Checkpoint(
        String identity,
        int steps,
        float[] weights,
        float[] average,
        float[] first,
        float[] second) {

    private static final int MAGIC = 0x43594b31;

    /** The state before the first step, from those weights. */
    public static Checkpoint starting(float[] weights, String identity) {
        int size = weights.length;
        return new Checkpoint(
                identity, 0, weights, weights.clone(), new float[size], new float[size]);
    }

    /** Writes beside the file, then moves into place, so that a crash leaves the older one. */
    public void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (DataOutputStream out =
                new DataOutputStream(
                        new java.io.BufferedOutputStream(Files.newOutputStream(part), 1 << 20))) {
            out.writeInt(MAGIC);
            out.writeUTF(identity);
            out.writeInt(steps);
            for (float[] values : new float[][] {weights, average, first, second}) {
                ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
                bytes.asFloatBuffer().put(values);
                out.writeInt(values.length);
                out.write(bytes.array());
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * @throws IOException also when the file is no checkpoint
     */
    public static Checkpoint read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(
                        new java.io.BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a checkpoint");
            }
            return new Checkpoint(
                    in.readUTF(), in.readInt(), floats(in), floats(in), floats(in), floats(in));
        }
    }

    private static float[] floats(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length * Float.BYTES);
        if (bytes.length != length * Float.BYTES) {
            throw new IOException("the checkpoint ends early");
        }
        float[] values = new float[length];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
