// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.evaluate.Confusion;
import io.cytolog.fit.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;

/**
 * Runs a training with a bar, checkpoints and a look at validation cells now and then. Owned by the
 * main thread.
 */
final class FitLoop {

    private static final int SAVE_EVERY = 100;
    private static final int VALIDATE_EVERY_EPOCHS = 4;

    /** How much of the running loss stays with each step. */
    private static final double KEPT = 0.98;

    private final Path file;
    private final long deadline;
    private final StopSign stop;
    private final PrintStream console;
    private double loss;
    private double weight;
    private String validated = "";

    /**
     * @param file for the checkpoint
     * @param minutes to stop after; empty for as long as it takes
     */
    FitLoop(Path file, Optional<Double> minutes, StopSign stop, PrintStream console) {
        this.file = file;
        this.deadline =
                minutes.map(m -> System.nanoTime() + (long) (m * 6e10)).orElse(Long.MAX_VALUE);
        this.stop = stop;
        this.console = console;
    }

    /**
     * Trains to the end, the deadline or the stop sign, and keeps a checkpoint.
     *
     * @param epochDone told the number of each epoch that is done, from 0
     * @param validation looks at validation cells; nothing is chosen by it
     * @return whether it came to the end
     */
    boolean run(
            Trainer trainer,
            int steps,
            int perEpoch,
            IntConsumer epochDone,
            Supplier<Confusion> validation)
            throws IOException {
        try (ProgressBar bar = new ProgressBar("train", steps)) {
            trainer.run(
                    (done, all, now) -> {
                        loss = loss * KEPT + now * (1 - KEPT);
                        weight = weight * KEPT + (1 - KEPT);
                        bar.stepTo(done);
                        bar.setExtraMessage("loss %.3f%s".formatted(loss / weight, validated));
                        if (done % SAVE_EVERY == 0 || done == all) {
                            saveUnchecked(trainer);
                        }
                        if (done % perEpoch == 0) {
                            epochDone.accept(done / perEpoch - 1);
                        }
                        if (done % (VALIDATE_EVERY_EPOCHS * perEpoch) == 0 || done == all) {
                            tell(done / perEpoch, trainer.side(), validation.get());
                        }
                    },
                    () -> stop.asked() || System.nanoTime() > deadline);
        }
        trainer.checkpoint().write(file);
        return trainer.finished();
    }

    private void tell(int epoch, int side, Confusion seen) {
        validated = " val F1 %.3f".formatted(seen.macroF1());
        console.printf(
                Locale.ROOT,
                "%nepoch %d loss %.4f val macro-F1 %.4f accuracy %.4f at %d px%n",
                epoch,
                loss / weight,
                seen.macroF1(),
                seen.accuracy(),
                side);
    }

    private void saveUnchecked(Trainer trainer) {
        try {
            trainer.checkpoint().write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint %s cannot be written".formatted(file), e);
        }
    }
}
