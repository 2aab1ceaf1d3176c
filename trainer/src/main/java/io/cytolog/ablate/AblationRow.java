// Licensed under the Apache License, Version 2.0.
package io.cytolog.ablate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cytolog.balance.Balance;
import io.cytolog.fit.Optimiser;
import io.cytolog.network.Backbone;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One way to train.
 *
 * @param name of the row
 * @param group rows of one question stand together in the table
 * @param balance what is done about rare findings; {@code root} unless stated
 * @param texts what the loss asks for; everything unless stated
 * @param claheClipLimit of the recipe; 2 unless stated, 0 for none
 * @param adaptiveContrast whether the clip limit is a cell's own (ALHE)
 * @param reinhard whether stain is brought to the mean of training cells
 * @param whiteBalance whether the background beside a cell is brought to one grey
 * @param backbone of the image tower; atto unless stated
 * @param pretrained whether training starts from a trunk that learnt without labels
 * @param synthetic share of an epoch that is synthetic: 0 to 0.5, {@code adaptive}, or empty for
 *     real cells alone
 * @param optimiser that makes updates of gradients; AdamW unless stated
 * @param leaky whether cells are split at random by image, the common mistake; then only good for
 *     showing how far its figures are off
 * @param seeds of this row; empty for the plan's
 */
public record AblationRow(
        String name,
        String group,
        Balance balance,
        Texts texts,
        double claheClipLimit,
        boolean adaptiveContrast,
        boolean reinhard,
        boolean whiteBalance,
        Backbone backbone,
        boolean pretrained,
        String synthetic,
        Optimiser optimiser,
        boolean leaky,
        List<Long> seeds) {

    private static final double CLIP_LIMIT = 2;

    /** What the loss asks for. */
    public enum Texts {
        /** Findings, attributes and composed sentences; two wordings of a finding a step. */
        ALL,
        /**
         * The same, with all wordings of a finding a step and a text head that starts fitted to the
         * wordings, as releases are trained.
         */
        FITTED,
        /** The same as fitted, with a plain classifier beside, which evaluation leaves out. */
        CLASSIFIED,
        /** The same as all, and sentences against their foils. */
        FOILS,
        /** The same as all, but pairs of cell and sentence judged singly (SigLIP). */
        SIGMOID,
        /** Sentences of findings alone. */
        FINDINGS,
        /** Fixed random codes in place of sentences: a plain classifier, without language. */
        CODES
    }

    public AblationRow {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a row has no name");
        }
        group = group == null ? "" : group;
        synthetic = synthetic == null ? "" : synthetic;
        seeds = seeds == null ? List.of() : List.copyOf(seeds);
    }

    /** A row as it stands in the file. */
    @JsonCreator
    static AblationRow of(
            @JsonProperty("name") String name,
            @JsonProperty("group") String group,
            @JsonProperty("balance") String balance,
            @JsonProperty("texts") String texts,
            @JsonProperty("claheClipLimit") Double claheClipLimit,
            @JsonProperty("adaptiveContrast") boolean adaptiveContrast,
            @JsonProperty("reinhard") boolean reinhard,
            @JsonProperty("whiteBalance") boolean whiteBalance,
            @JsonProperty("backbone") String backbone,
            @JsonProperty("pretrained") boolean pretrained,
            @JsonProperty("synthetic") String synthetic,
            @JsonProperty("optimiser") String optimiser,
            @JsonProperty("leaky") boolean leaky,
            @JsonProperty("seeds") List<Long> seeds) {
        return new AblationRow(
                name,
                group,
                balance == null ? Balance.ROOT : Balance.of(balance),
                texts == null ? Texts.ALL : named(Texts.class, "texts", texts),
                Optional.ofNullable(claheClipLimit).orElse(CLIP_LIMIT),
                adaptiveContrast,
                reinhard,
                whiteBalance,
                backbone == null ? Backbone.ATTO : named(backbone),
                pretrained,
                synthetic,
                optimiser == null
                        ? Optimiser.ADAMW
                        : named(Optimiser.class, "optimiser", optimiser),
                leaky,
                seeds);
    }

    private static <E extends Enum<E>> E named(Class<E> kind, String field, String value) {
        E[] all = kind.getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> one.name().equalsIgnoreCase(value))
                .findAny()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s '%s' is unknown; give one of %s"
                                                .formatted(
                                                        field,
                                                        value,
                                                        Arrays.stream(all)
                                                                .map(
                                                                        one ->
                                                                                one.name()
                                                                                        .toLowerCase(
                                                                                                Locale
                                                                                                        .ROOT))
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    private static Backbone named(String backbone) {
        return Backbone.named(backbone)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "backbone '%s' is unknown; give one such as atto or atto+swin"
                                                .formatted(backbone)));
    }
}
