// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import io.cytolog.network.Layout;
import io.cytolog.network.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon's updates of hidden matrices: the momentum with all its singular values near one, so that a
 * step goes as far in directions that few cells ask for as in those that all do (Jordan et al.
 * 2024, "Muon: An optimizer for hidden layers in neural networks"). Singular values are evened out
 * by five steps of a Newton-Schulz iteration of degree five, and updates made as large as AdamW's
 * (Liu et al. 2025, arXiv:2502.16982), so that learning rate and weight decay are the same.
 */
final class Muon {

    /** Share of the momentum that stays with each step. */
    static final double KEPT = 0.95;

    /** Jordan's polynomial: singular values from 0.01 to 1 end between 0.7 and 1.2. */
    private static final double LINEAR = 3.4445;

    private static final double CUBIC = -4.7750;
    private static final double QUINTIC = 2.0315;

    /**
     * Steps that are gathered in the small matrix of products of rows before the large one is
     * touched: a third cheaper than one by one, and as exact in bfloat16; five at once are not.
     */
    private static final int[] GATHERED = {3, 2};

    /** Root of the mean square of AdamW's updates, over the learning rate. */
    private static final double LIKE_ADAMW = 0.2;

    private static final double SHORTEST = 1e-7;

    private final Collection<List<Parameter>> byShape;
    private final torch.ScalarType type;

    /**
     * @param precision of the products
     */
    Muon(List<Parameter> parameters, Precision precision) {
        this.byShape =
                parameters.stream()
                        .filter(Layout::hidden)
                        .collect(
                                Collectors.groupingBy(
                                        one -> one.shape()[0] + " x " + one.fanIn(),
                                        TreeMap::new,
                                        Collectors.toList()))
                        .values();
        this.type =
                precision == Precision.BFLOAT16
                        ? torch.ScalarType.BFloat16
                        : torch.ScalarType.Float;
    }

    /** Matrices that it updates. */
    List<Parameter> parameters() {
        return byShape.stream().flatMap(List::stream).toList();
    }

    /**
     * Puts the updates of hidden matrices in the place of others.
     *
     * @param update of all weights, flat; to be multiplied with the learning rate and taken away
     * @param gradient flat
     * @param momentum flat, the gradient in it
     */
    void into(Tensor update, Tensor gradient, Tensor momentum) {
        for (List<Parameter> alike : byShape) {
            List<Tensor> ahead = new ArrayList<>();
            for (Parameter one : alike) {
                Tensor now = gradient.narrow(0, one.offset(), one.size());
                Tensor held = momentum.narrow(0, one.offset(), one.size());
                ahead.add(now.lerp(held, new Scalar(KEPT)).view(one.shape()[0], one.fanIn()));
            }
            Tensor even = evened(torch.stack(new TensorVector(ahead.toArray(Tensor[]::new))), type);
            for (int i = 0; i < alike.size(); i++) {
                Parameter one = alike.get(i);
                update.narrow(0, one.offset(), one.size()).copy_(even.select(0, i).reshape(-1));
            }
        }
    }

    /**
     * @param matrices float32 {@code [n, rows, columns]}
     * @param type of the products
     * @return the same with singular values near 0.2 times the root of the longer side, float32
     */
    static Tensor evened(Tensor matrices, torch.ScalarType type) {
        long rows = matrices.size(1);
        long columns = matrices.size(2);
        Tensor wide = rows > columns ? matrices.transpose(1, 2) : matrices;
        Tensor x = wide.to(type);
        x = x.div(x.square().sum(new long[] {1, 2}, true, null).sqrt().add(new Scalar(SHORTEST)));
        for (int steps : GATHERED) {
            x = iterated(x, steps);
        }
        Tensor even = (rows > columns ? x.transpose(1, 2) : x).to(torch.ScalarType.Float);
        return even.mul(new Scalar(LIKE_ADAMW * Math.sqrt(Math.max(rows, columns))));
    }

    /** Several steps: the polynomials of the products of rows meet before {@code x} does. */
    private static Tensor iterated(Tensor x, int steps) {
        Tensor products = torch.bmm(x, x.transpose(1, 2));
        Tensor step = polynomial(products);
        Tensor all = step;
        for (int i = 1; i < steps; i++) {
            products = torch.bmm(torch.bmm(step, products), step);
            step = polynomial(products);
            all = torch.bmm(step, all);
        }
        return torch.bmm(all, x);
    }

    private static Tensor polynomial(Tensor products) {
        Tensor value =
                torch.baddbmm(products, products, products, new Scalar(CUBIC), new Scalar(QUINTIC));
        value.diagonal(0, 1, 2).add_(new Scalar(LINEAR));
        return value;
    }
}
