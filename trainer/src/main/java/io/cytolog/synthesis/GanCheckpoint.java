// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.network.Weights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a GAN's training needs to go on.
 *
 * @param identity names data, shape and plan; a checkpoint only continues its own
 * @param probability of the augmentation
 * @param players weights, average and second moment, of the generator, then of the discriminator
 */
public record GanCheckpoint(
        String identity, int step, double probability, List<float[][]> players) {

    private static final int MAGIC = 0x43594731;
    private static final int VECTORS = 3;

    public GanCheckpoint {
        players = List.copyOf(players);
    }

    /** Before the first step. */
    public static GanCheckpoint fresh(GanShape shape, long seed, String identity) {
        float[] generator = Weights.initial(shape.generator(), seed);
        float[] discriminator = Weights.initial(shape.discriminator(), seed + 1);
        return new GanCheckpoint(
                identity,
                0,
                0,
                List.of(
                        new float[][] {generator, generator.clone(), new float[generator.length]},
                        new float[][] {
                            discriminator, discriminator.clone(), new float[discriminator.length]
                        }));
    }

    /** The running average of the generator's weights, flat. */
    public float[] averageGenerator() {
        return players.getFirst()[1].clone();
    }

    Player player(int number) {
        float[][] values = players.get(number);
        return new Player(values[0], values[1], values[2]);
    }

    /** Writes beside the file, then moves into place, so that a crash leaves the older one. */
    public void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(part), 1 << 20))) {
            out.writeInt(MAGIC);
            out.writeUTF(identity);
            out.writeInt(step);
            out.writeDouble(probability);
            for (float[][] player : players) {
                for (float[] values : player) {
                    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
                    bytes.asFloatBuffer().put(values);
                    out.writeInt(values.length);
                    out.write(bytes.array());
                }
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * @throws IOException also when the file is no checkpoint of a GAN of that shape
     */
    public static GanCheckpoint read(Path file, GanShape shape) throws IOException {
        int[] lengths = {
            Weights.initial(shape.generator(), 0).length,
            Weights.initial(shape.discriminator(), 0).length
        };
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is no checkpoint of a GAN; give another --out");
            }
            String identity = in.readUTF();
            int step = in.readInt();
            double probability = in.readDouble();
            List<float[][]> players = new ArrayList<>();
            for (int length : lengths) {
                float[][] player = new float[VECTORS][];
                for (int v = 0; v < VECTORS; v++) {
                    player[v] = floats(in, length, file);
                }
                players.add(player);
            }
            return new GanCheckpoint(identity, step, probability, players);
        }
    }

    private static float[] floats(DataInputStream in, int length, Path file) throws IOException {
        if (in.readInt() != length) {
            throw new IOException(file + " is of another shape; give another --out");
        }
        byte[] bytes = in.readNBytes(length * Float.BYTES);
        if (bytes.length != length * Float.BYTES) {
            throw new IOException(file + " ends early; delete it to start anew");
        }
        float[] values = new float[length];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
