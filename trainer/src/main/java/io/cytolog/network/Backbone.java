// Licensed under the Apache License, Version 2.0.
package io.cytolog.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which image tower: a published size of ConvNeXt V2 (Woo et al. 2023, arXiv:2301.00808, table 9
 * and its code) and what its deep blocks are made of. Written {@code atto}, {@code nano+swin}.
 */
public record Backbone(Size size, Deep deep) {

    /** What the shipped release has. */
    public static final Backbone ATTO = new Backbone(Size.ATTO, Deep.CONV);

    /** Blocks and channels of the four stages. */
    public enum Size {
        ATTO(List.of(2, 2, 6, 2), 40),
        FEMTO(List.of(2, 2, 6, 2), 48),
        PICO(List.of(2, 2, 6, 2), 64),
        NANO(List.of(2, 2, 8, 2), 80),
        TINY(List.of(3, 3, 9, 3), 96);

        private final List<Integer> depths;
        private final int width;

        Size(List<Integer> depths, int width) {
            this.depths = depths;
            this.width = width;
        }

        List<Integer> depths() {
            return depths;
        }

        /** Channels; each stage has twice those of the one before. */
        List<Integer> widths() {
            return List.of(width, 2 * width, 4 * width, 8 * width);
        }
    }

    /**
     * What the blocks of the last stage are, and the last two of a longer stage before it: see
     * {@link BlockKind} for each and {@link Windows} for what windows mean on maps this small.
     */
    public enum Deep {
        /** Convolutions throughout. */
        CONV,
        /** Attention in windows and in shifted windows by turns (Liu et al. 2021). */
        SWIN,
        /** Convolutions, into which attention in windows of two scales is gated. */
        WPAT
    }

    /** The backbone of that name; empty when there is none. */
    public static Optional<Backbone> named(String name) {
        return Arrays.stream(Size.values())
                .flatMap(size -> Arrays.stream(Deep.values()).map(deep -> new Backbone(size, deep)))
                .filter(backbone -> backbone.name().equals(name))
                .findFirst();
    }

    /** As on the command line. */
    public String name() {
        String plain = size.name().toLowerCase(Locale.ROOT);
        return deep == Deep.CONV ? plain : plain + "+" + deep.name().toLowerCase(Locale.ROOT);
    }

    /** As in a release's manifest, with the text tower: {@code convnextv2-atto-minilm}. */
    public String encoderName() {
        return "convnextv2-" + name().replace('+', '-') + "-minilm";
    }
}
