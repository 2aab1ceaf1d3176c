// Licensed under the Apache License, Version 2.0.
package io.cytolog.synthesis;

import io.cytolog.fit.Tensors;
import io.cytolog.image.CellPixels;
import io.cytolog.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Plays generator against discriminator. What a step draws follows from seed and step, so a run
 * that was stopped goes on as if it had not been. Owned by one thread, which also closes it.
 */
public final class GanTrainer implements AutoCloseable {

    private final GanShape shape;
    private final GanPlan plan;
    private final Adversaries networks;
    private final List<CellPixels> pixels;
    private final int[] classes;
    private final int[][] members;
    private final Player generator;
    private final Player discriminator;
    private final CellAugmenter augmenter;
    private int step;

    /** Told after every step. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param loss of the discriminator, without its penalties
         * @param right share of pairs that it ordered right
         * @param variety how much drawn cells of one class differ by pixel, over how much real ones
         *     do; near 0 the generator draws one picture a class
         */
        void stepDone(int done, double loss, double right, double variety);
    }

    /**
     * @param pixels training cells alone, of the shape's side
     * @param classes place of each one's class; every class has a cell
     */
    public GanTrainer(
            GanShape shape,
            GanPlan plan,
            List<CellPixels> pixels,
            int[] classes,
            GanCheckpoint from) {
        this.shape = shape;
        this.plan = plan;
        this.networks = new Adversaries(shape);
        this.pixels = List.copyOf(pixels);
        this.classes = classes.clone();
        this.members = new int[shape.classes()][];
        for (int c = 0; c < members.length; c++) {
            int own = c;
            members[c] =
                    IntStream.range(0, classes.length).filter(i -> classes[i] == own).toArray();
            if (members[c].length == 0) {
                throw new IllegalArgumentException("class %d has no training cell".formatted(c));
            }
        }
        this.generator = from.player(0);
        this.discriminator = from.player(1);
        this.augmenter = new CellAugmenter(from.probability());
        this.step = from.step();
    }

    /** Plays until the plan's end or until told to stop, which is looked at after every step. */
    public void run(Listener listener, BooleanSupplier stop) {
        while (step < plan.steps() && !stop.getAsBoolean()) {
            step(listener);
        }
    }

    public boolean finished() {
        return step >= plan.steps();
    }

    public GanCheckpoint checkpoint(String identity) {
        return new GanCheckpoint(
                identity,
                step,
                augmenter.probability(),
                List.of(generator.values(), discriminator.values()));
    }

    private void step(Listener listener) {
        Random random = new Random(plan.seed() * 7_919L + step);
        int[] batch = batch(random);
        int[] told = Arrays.stream(batch).map(i -> classes[i]).toArray();
        double rate = plan.rate(step);
        double[] seen;
        try (PointerScope _ = new PointerScope()) {
            Tensor labels = places(told);
            Tensor real = pictures(batch);
            seen = judge(real, labels, rate, random);
        }
        try (PointerScope _ = new PointerScope()) {
            generate(pictures(batch), places(told), rate, random);
        }
        augmenter.saw(seen[1], batch.length);
        step++;
        listener.stepDone(step, seen[0], seen[1], seen[2]);
    }

    /** Classes in turn and a set of random cells of each, so that rare ones are seen as often. */
    private int[] batch(Random random) {
        int[] batch = new int[plan.batch()];
        int first = random.nextInt(members.length);
        for (int i = 0; i < batch.length; i++) {
            int[] own = members[(first + i / GanShape.SET) % members.length];
            batch[i] = own[random.nextInt(own.length)];
        }
        return batch;
    }

    private double[] judge(Tensor real, Tensor labels, double rate, Random random) {
        Tensor trueOnes;
        Tensor falseOnes;
        double variety;
        try (NoGradGuard _ = new NoGradGuard()) {
            Weights fixed = new Weights(shape.generator(), generator.fixed());
            Tensor drawn = networks.generate(fixed, noise(real.size(0), random), labels);
            trueOnes = augmenter.alter(real, random);
            falseOnes = augmenter.alter(drawn, random);
            variety = variety(drawn) / Math.max(1e-6, variety(real));
        }
        boolean penalised = plan.penalised(step);
        trueOnes = trueOnes.detach().set_requires_grad(penalised);
        falseOnes = falseOnes.detach().set_requires_grad(penalised);
        Weights own = new Weights(shape.discriminator(), discriminator.weights());
        Tensor ofTrue = networks.judge(own, trueOnes, labels);
        Tensor ofFalse = networks.judge(own, falseOnes, labels);
        Tensor loss = GanLoss.relativistic(ofTrue, ofFalse);
        if (penalised) {
            double factor = plan.penalty(step) / 2 * plan.penaltyEvery();
            Tensor penalty =
                    GanLoss.penalty(ofTrue, trueOnes).add(GanLoss.penalty(ofFalse, falseOnes));
            loss.add(penalty.mul(new Scalar(factor))).backward();
        } else {
            loss.backward();
        }
        discriminator.update(step, rate, plan.averageDecay());
        float[] lead = Tensors.values(ofTrue.sub(ofFalse));
        double right = 0;
        for (float one : lead) {
            right += one > 0 ? 1.0 / lead.length : 0;
        }
        return new double[] {loss.item_float(), right, variety};
    }

    /** Mean deviation of a pixel among the pictures of a set. */
    private static double variety(Tensor pictures) {
        long sets = pictures.size(0) / GanShape.SET;
        Tensor rows = pictures.reshape(sets, GanShape.SET, -1);
        Tensor apart = rows.sub(rows.mean(new long[] {1}, true, null));
        return apart.square().mean(1).sqrt().mean().item_float();
    }

    private void generate(Tensor real, Tensor labels, double rate, Random random) {
        Weights fixed = new Weights(shape.discriminator(), discriminator.fixed());
        Weights own = new Weights(shape.generator(), generator.weights());
        Tensor drawn = networks.generate(own, noise(real.size(0), random), labels);
        Tensor ofFalse = networks.judge(fixed, augmenter.alter(drawn, random), labels);
        Tensor ofTrue;
        try (NoGradGuard _ = new NoGradGuard()) {
            ofTrue = networks.judge(fixed, augmenter.alter(real, random), labels);
        }
        GanLoss.relativistic(ofFalse, ofTrue).backward();
        generator.update(step, rate, plan.averageDecay());
    }

    private Tensor pictures(int[] batch) {
        List<CellPixels> cells = Arrays.stream(batch).mapToObj(pixels::get).toList();
        return Tensors.pictures(cells).mul(new Scalar(2)).sub(new Scalar(1));
    }

    static Tensor noise(long rows, Random random) {
        float[] values = new float[Math.toIntExact(rows) * GanShape.NOISE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.of(values, rows, GanShape.NOISE);
    }

    static Tensor places(int[] classes) {
        long[] values = Arrays.stream(classes).asLongStream().toArray();
        try (LongPointer memory = new LongPointer(values);
                Tensor view =
                        torch.from_blob(
                                memory,
                                new long[] {values.length},
                                new TensorOptions(torch.ScalarType.Long))) {
            return view.clone();
        }
    }

    @Override
    public void close() {
        generator.close();
        discriminator.close();
    }
}
