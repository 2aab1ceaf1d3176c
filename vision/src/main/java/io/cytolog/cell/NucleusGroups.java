// Licensed under the Apache License, Version 2.0.
package io.cytolog.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the lobes of one nucleus, nearest first, as long as the whole stays as large as a nucleus
 * can be. Owned by one call.
 */
final class NucleusGroups {

    /** Lobes that make one nucleus. */
    record Nucleus(List<Lobe> lobes, Bounds bounds) {

        static Nucleus of(Lobe lobe) {
            return new Nucleus(List.of(lobe), lobe.bounds());
        }

        Nucleus with(Nucleus other) {
            List<Lobe> all = new ArrayList<>(lobes);
            all.addAll(other.lobes);
            return new Nucleus(List.copyOf(all), bounds.with(other.bounds));
        }

        int area() {
            return lobes.stream().mapToInt(Lobe::area).sum();
        }

        double radius() {
            return lobes.stream().mapToDouble(Lobe::radius).max().orElse(0);
        }
    }

    private final LocatorSettings settings;
    private final double diameter;

    /**
     * @param diameter of a red cell, pixels of the working image
     */
    NucleusGroups(LocatorSettings settings, double diameter) {
        this.settings = settings;
        this.diameter = diameter;
    }

    List<Nucleus> join(List<Lobe> lobes, Territories territories) {
        Map<Integer, Nucleus> byLabel = new HashMap<>();
        lobes.forEach(lobe -> byLabel.put(lobe.label(), Nucleus.of(lobe)));
        Comparator<Map.Entry<Territories.Pair, Double>> nearest =
                Comparator.<Map.Entry<Territories.Pair, Double>>comparingDouble(Map.Entry::getValue)
                        .thenComparingInt(entry -> entry.getKey().one())
                        .thenComparingInt(entry -> entry.getKey().other());
        territories.gaps().entrySet().stream()
                .filter(entry -> entry.getValue() <= settings.lobeGap() * diameter)
                .filter(entry -> near(entry.getKey(), entry.getValue(), byLabel))
                .sorted(nearest)
                .forEach(entry -> tryJoin(entry.getKey(), byLabel));
        return byLabel.values().stream().distinct().toList();
    }

    /** A small piece belongs only when it is close: platelets lie against cells. */
    private static boolean near(Territories.Pair pair, double gap, Map<Integer, Nucleus> byLabel) {
        Nucleus one = byLabel.get(pair.one());
        Nucleus other = byLabel.get(pair.other());
        return one != null && other != null && gap <= Math.min(one.radius(), other.radius());
    }

    private void tryJoin(Territories.Pair pair, Map<Integer, Nucleus> byLabel) {
        Nucleus one = byLabel.get(pair.one());
        Nucleus other = byLabel.get(pair.other());
        if (one == null || other == null || one == other || !oneNucleus(one, other)) {
            return;
        }
        Nucleus joined = one.with(other);
        joined.lobes().forEach(lobe -> byLabel.put(lobe.label(), joined));
    }

    private boolean oneNucleus(Nucleus one, Nucleus other) {
        double whole = settings.wholeNucleus() * diameter;
        boolean bothWhole = one.radius() >= whole && other.radius() >= whole;
        boolean tooLong =
                one.bounds().with(other.bounds()).longer() > settings.longestNucleus() * diameter;
        return !bothWhole && !tooLong;
    }
}
