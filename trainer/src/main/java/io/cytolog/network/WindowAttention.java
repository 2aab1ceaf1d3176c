// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention of a map's positions within windows, with a learnt bias by offset (Liu et al. 2021).
 * Several ways to cut the map share the heads evenly: two scales give each half of them. Stateless.
 */
final class WindowAttention {

    private WindowAttention() {}

    /**
     * @param x normalised, {@code [n, side, side, c]}
     * @return {@code [n, side, side, c]}
     */
    static Tensor attend(
            Weights weights,
            String name,
            BlockKind kind,
            Tensor x,
            int stage,
            Visibility visibility) {
        long n = x.size(0);
        long side = x.size(1);
        long width = x.size(3);
        int heads = Windows.heads(Math.toIntExact(width));
        Tensor parts = Layers.product(weights, name + ".parts", x);
        parts = parts.reshape(n, side * side, 3, heads, width / heads);
        List<Windows> cuts = Windows.cuts(kind, Math.toIntExact(side));
        long share = heads / cuts.size();
        TensorVector results = new TensorVector();
        for (int i = 0; i < cuts.size(); i++) {
            Tensor table = weights.rough(name + ".offsets").narrow(1, i * share, share);
            Tensor own = parts.narrow(3, i * share, share);
            results.push_back(within(cuts.get(i), own, table, stage, visibility));
        }
        Tensor joined = cuts.size() == 1 ? results.get(0) : torch.cat(results, 2);
        return Layers.product(weights, name + ".project", joined.view(n, side, side, width));
    }

    /**
     * @param parts what asks, what is asked, what is told {@code [n, positions, 3, heads, d]}
     * @return {@code [n, positions, heads * d]}
     */
    private static Tensor within(
            Windows windows, Tensor parts, Tensor table, int stage, Visibility visibility) {
        long n = parts.size(0);
        long heads = parts.size(3);
        long d = parts.size(4);
        long places = (long) windows.count() * windows.area();
        Tensor cut = windows.whole() ? parts : parts.index_select(1, longs(windows.order()));
        cut =
                cut.reshape(n, windows.count(), windows.area(), 3, heads, d)
                        .permute(3, 0, 1, 4, 2, 5);
        Tensor asking = cut.select(0, 0).mul(new Scalar(1 / Math.sqrt(d)));
        Tensor scores = asking.matmul(cut.select(0, 1).transpose(-2, -1));
        scores = scores.add(bias(windows, table));
        if (windows.barred().length > 0) {
            Tensor barred =
                    Tensor.create(
                            windows.barred(),
                            1,
                            windows.count(),
                            1,
                            windows.area(),
                            windows.area());
            scores = scores.add(barred.to(scores.scalar_type()));
        }
        if (!visibility.whole()) {
            scores = scores.add(hidden(windows, visibility.at(stage)).to(scores.scalar_type()));
        }
        Tensor told = scores.softmax(-1).matmul(cut.select(0, 2));
        told = told.permute(0, 1, 3, 2, 4).reshape(n, places, heads * d);
        return windows.whole() ? told : told.index_select(1, longs(windows.places()));
    }

    /** {@code [1, 1, heads, area, area]}. */
    private static Tensor bias(Windows windows, Tensor table) {
        long area = windows.area();
        return table.index_select(0, longs(windows.offsets()))
                .transpose(0, 1)
                .reshape(1, 1, table.size(1), area, area);
    }

    /** Bars hidden positions from being attended to {@code [n, count, 1, 1, area]}. */
    private static Tensor hidden(Windows windows, Tensor seen) {
        long n = seen.size(0);
        Tensor flat = seen.reshape(n, seen.size(1) * seen.size(2));
        Tensor ordered = flat.index_select(1, longs(windows.order()));
        return ordered.view(n, windows.count(), 1, 1, windows.area())
                .sub(new Scalar(1))
                .mul(new Scalar(-(double) Windows.NEVER));
    }

    private static Tensor longs(int[] values) {
        return Tensor.create(Arrays.stream(values).asLongStream().toArray());
    }
}
