// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything that a step of the fit takes, ready to compute with. Whoever took it closes it.
 *
 * @param pictures altered and normalised {@code [rows, 3, side, side]}: cells, then outliers
 * @param texts vectors of the frozen text tower: findings, values, the cells' sentences, their
 *     foils where the loss asks for them
 * @param keep factors of stochastic depth by block {@code [rows, 1, 1, 1]}
 */
record Batch(Tensor pictures, Targets targets, Tensor texts, List<Tensor> keep)
        implements AutoCloseable {

    /** Labelled cells of the batch. */
    long cells() {
        return targets.weights().length;
    }

    /** Pictures of the batch: labelled cells and, behind them, outliers. */
    long rows() {
        return pictures.size(0);
    }

    /** Keeps the tensors when the pointer scope that they were made in ends. */
    Batch kept() {
        pictures.retainReference();
        texts.retainReference();
        keep.forEach(Tensor::retainReference);
        return this;
    }

    @Override
    public void close() {
        pictures.close();
        texts.close();
        keep.forEach(Tensor::close);
    }
}
