// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * In how many of the eight orientations of a square (quarter turns, and their mirror images) the
 * image tower looks at a cell; its embedding is the mean of theirs, at unit length. A cell on a
 * slide has no upper side: with all eight, turning or mirroring the picture changes nothing but
 * rounding. Immutable.
 *
 * @param count 1, 2 (upright and upside down), 4 (quarter turns) or 8
 */
public record Orientations(int count) {

    /** As the picture came. */
    public static final Orientations UPRIGHT = new Orientations(1);

    /**
     * One of them.
     *
     * @param transposed rows become columns, first
     * @param rows their order is reversed
     * @param columns their order is reversed
     */
    public record Orientation(boolean transposed, boolean rows, boolean columns) {}

    private static final List<Orientation> ALL =
            List.of(
                    new Orientation(false, false, false),
                    new Orientation(false, true, true),
                    new Orientation(true, false, true),
                    new Orientation(true, true, false),
                    new Orientation(false, false, true),
                    new Orientation(false, true, false),
                    new Orientation(true, false, false),
                    new Orientation(true, true, true));

    public Orientations {
        if (count != 1 && count != 2 && count != 4 && count != 8) {
            throw new IllegalArgumentException(
                    "orientations=%d is out of bounds; give 1, 2, 4 or 8".formatted(count));
        }
    }

    /** The upright one first. */
    public List<Orientation> all() {
        return ALL.subList(0, count);
    }

    /**
     * Pictures in every orientation.
     *
     * @param pictures {@code [n, channels, side, side]}
     * @return {@code [count * n, channels, side, side]}, all of an orientation together
     */
    public Tensor spread(Tensor pictures) {
        if (count == 1) {
            return pictures;
        }
        Tensor[] turned = all().stream().map(to -> turned(pictures, to)).toArray(Tensor[]::new);
        return torch.cat(new TensorVector(turned), 0);
    }

    /**
     * One embedding a picture.
     *
     * @param embeddings {@code [count * n, dimensions]}, in the order of {@link #spread}
     * @return {@code [n, dimensions]}, unit length
     */
    public Tensor joined(Tensor embeddings) {
        if (count == 1) {
            return embeddings;
        }
        long pictures = embeddings.size(0) / count;
        Tensor byOrientation = embeddings.view(count, pictures, embeddings.size(1));
        return ImageTower.unit(byOrientation.mean(0));
    }

    private static Tensor turned(Tensor pictures, Orientation to) {
        Tensor turned = to.transposed() ? pictures.transpose(2, 3) : pictures;
        turned = to.rows() ? turned.flip(2) : turned;
        return to.columns() ? turned.flip(3) : turned;
    }
}
