// Licensed under the Apache License, Version 2.0.
package io.cytolog.outline;

import io.cytolog.image.CellPixels;
import io.cytolog.measure.ErrorBounds;
import io.cytolog.measure.Quantity;
import io.cytolog.measure.Silhouette;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What a head gives for pictures whose truth is known. Quotients are truth over estimate.
 *
 * @param refused pictures that were not measured
 */
public record HeadCheck(Map<Quantity, double[]> quotients, int pictures, int refused) {

    public HeadCheck {
        quotients = Map.copyOf(quotients);
    }

    /**
     * @param head gives one silhouette a picture
     * @param mapPixels pixels of the encoder's input to one of the map
     */
    public static HeadCheck of(
            List<KnownPicture> pictures,
            Function<List<CellPixels>, List<Silhouette>> head,
            double mapPixels) {
        Map<Quantity, List<Double>> quotients = new EnumMap<>(Quantity.class);
        int refused = 0;
        for (KnownPicture known : pictures) {
            Silhouette seen = head.apply(List.of(known.picture().pixels())).getFirst();
            refused += seen.fault().isPresent() ? 1 : 0;
            Map<Quantity, Double> values = seen.values();
            known.truth()
                    .forEach(
                            (quantity, truth) -> {
                                Double value = values.get(quantity);
                                if (value != null) {
                                    double scale = known.sourcePixels() * mapPixels;
                                    double estimate = value * Math.pow(scale, quantity.dimension());
                                    quotients
                                            .computeIfAbsent(quantity, q -> new ArrayList<>())
                                            .add(truth / estimate);
                                }
                            });
        }
        Map<Quantity, double[]> arrays = new EnumMap<>(Quantity.class);
        quotients.forEach(
                (quantity, all) ->
                        arrays.put(
                                quantity, all.stream().mapToDouble(Double::doubleValue).toArray()));
        return new HeadCheck(arrays, pictures.size(), refused);
    }

    /** Error bounds of the quantities that were measured often enough. */
    public Map<Quantity, ErrorBounds.Bounds> bounds(int least) {
        Map<Quantity, ErrorBounds.Bounds> bounds = new EnumMap<>(Quantity.class);
        quotients.forEach(
                (quantity, all) -> {
                    if (all.length >= least) {
                        bounds.put(quantity, ErrorBounds.of(all));
                    }
                });
        return bounds;
    }

    /**
     * A Markdown table: errors as shares of the truth, and how often the truth lay within bounds
     * that were found on other pictures.
     */
    public String table(Map<Quantity, ErrorBounds.Bounds> bounds) {
        StringBuilder text =
                new StringBuilder(
                        "| quantity | measured | mean error | mean absolute error | 95 % below | worst | truth within the interval |\n"
                                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Quantity quantity : Quantity.values()) {
            double[] all = quotients.get(quantity);
            if (all != null) {
                text.append(row(quantity, all, bounds.get(quantity)));
            }
        }
        return text.toString();
    }

    private static String row(Quantity quantity, double[] all, ErrorBounds.Bounds bounds) {
        double[] errors = Arrays.stream(all).map(q -> 1 / q - 1).toArray();
        double[] sizes = Arrays.stream(errors).map(Math::abs).sorted().toArray();
        String within = "–";
        if (bounds != null) {
            long held =
                    Arrays.stream(all)
                            .filter(q -> q >= bounds.lower() && q <= bounds.upper())
                            .count();
            within = String.format(Locale.ROOT, "%.1f %%", 100.0 * held / all.length);
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d | %+.2f %% | %.2f %% | %.2f %% | %.2f %% | %s |%n",
                quantity.id(),
                all.length,
                100 * Arrays.stream(errors).average().orElseThrow(),
                100 * Arrays.stream(sizes).average().orElseThrow(),
                100 * sizes[Math.min(sizes.length - 1, (int) (0.95 * sizes.length))],
                100 * sizes[sizes.length - 1],
                within);
    }
}
