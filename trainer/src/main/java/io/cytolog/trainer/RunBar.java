// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.fit.Trainer;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** The bar of a training, from its first step on: what is read before has bars of its own. */
final class RunBar implements Trainer.Listener, AutoCloseable {

    private final String name;
    private ProgressBar bar;

    RunBar(String name) {
        this.name = name;
    }

    @Override
    public void stepDone(int done, int steps, double loss) {
        if (bar == null) {
            bar = new ProgressBar(name, steps);
        }
        bar.stepTo(done);
        bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f", loss));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
