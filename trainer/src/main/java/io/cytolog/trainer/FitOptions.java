// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.balance.Balance;
import io.cytolog.corpus.Wordings;
import io.cytolog.fit.Aims;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Optimiser;
import io.cytolog.fit.Precision;
import io.cytolog.fit.Ramp;
import io.cytolog.network.Layout;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a release is trained: options of {@code train}. */
final class FitOptions {

    private static final double USUAL_RATE = 1.5e-3;
    private static final double USUAL_AUGMENTATION = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "44",
            description = "default ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--balance",
            paramLabel = "NAME",
            defaultValue = "root",
            description =
                    "what is done about findings with few cells: none, root, oversample, weights, focal; "
                            + "default ${DEFAULT-VALUE}")
    private String balance = "";

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "highest of the run; default 0.0015, with --from-reviews 0.0003")
    private Optional<Double> givenRate = Optional.empty();

    private double rate = USUAL_RATE;

    @Option(
            names = "--auxiliary",
            paramLabel = "WEIGHT",
            defaultValue = "0",
            description =
                    "weight of a plain classifier that is trained beside the sentences and left behind, "
                            + "0 for none; default ${DEFAULT-VALUE}")
    private double auxiliary;

    @Option(
            names = "--augmentation",
            paramLabel = "STRENGTH",
            description =
                    "how far the last pictures are altered, the first ones half as far: 0 only turned "
                            + "and flipped, 1 for pictures of scanners never seen; "
                            + "default that of --from-release, else 1")
    private Optional<Double> givenAugmentation = Optional.empty();

    private double augmentation = USUAL_AUGMENTATION;

    @Option(
            names = "--mixup",
            paramLabel = "ALPHA",
            defaultValue = "0",
            description =
                    "blends each picture with another of its batch, in shares from Beta(ALPHA, ALPHA): "
                            + "0 to 1, 0 for none; default ${DEFAULT-VALUE}")
    private double mixup;

    @Option(
            names = "--pairs",
            paramLabel = "NAME",
            defaultValue = "SOFTMAX",
            description =
                    "how cells and sentences are paired: softmax (CLIP) or sigmoid (SigLIP); "
                            + "default ${DEFAULT-VALUE}")
    private Aims.Pairs pairs = Aims.Pairs.SOFTMAX;

    @Option(
            names = "--optimiser",
            paramLabel = "NAME",
            description =
                    "muon or adamw; default muon for a training from nothing, which it brings"
                            + " further in as many epochs, adamw for one that goes on from a release")
    private Optional<Optimiser> givenOptimiser = Optional.empty();

    private Optimiser optimiser = Optimiser.ADAMW;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description =
                    "of large products: bfloat16 or float32; default what this processor has. The same "
                            + "seed gives the same release in the same precision alone")
    private Optional<Precision> givenPrecision = Optional.empty();

    /**
     * Takes the rate, the optimiser and the augmentation that were not given, and refuses what is
     * out of bounds.
     *
     * @param gentle whether a little is to be learnt and nothing forgotten
     * @param goesOn whether training starts from a release
     * @param ofRelease augmentation of the training that the release comes from, where it says so
     * @throws IllegalArgumentException says which option, its bound and the remedy
     */
    void check(boolean gentle, boolean goesOn, Optional<Double> ofRelease) {
        Balance.of(balance);
        augmentation = givenAugmentation.or(() -> ofRelease).orElse(USUAL_AUGMENTATION);
        if (!(augmentation >= 0 && augmentation <= 1)) {
            throw new IllegalArgumentException(
                    "--augmentation=%s is out of bounds; give 0 to 1".formatted(augmentation));
        }
        if (!(auxiliary >= 0 && auxiliary <= 10)) {
            throw new IllegalArgumentException(
                    "--auxiliary=%s is out of bounds; give 0 to 10".formatted(auxiliary));
        }
        if (!(mixup >= 0 && mixup <= 1)) {
            throw new IllegalArgumentException(
                    "--mixup=%s is out of bounds; give 0 to 1".formatted(mixup));
        }
        if (mixup > 0 && pairs == Aims.Pairs.SIGMOID) {
            throw new IllegalArgumentException(
                    "--mixup=%s with --pairs sigmoid: a pair of two cells neither holds nor not; give --pairs softmax or --mixup 0"
                            .formatted(mixup));
        }
        optimiser = givenOptimiser.orElse(goesOn ? Optimiser.ADAMW : Optimiser.MUON);
        rate = givenRate.orElse(gentle ? ReviewOptions.GENTLE_RATE : USUAL_RATE);
        if (!(rate > 0 && rate <= 0.1)) {
            throw new IllegalArgumentException(
                    "--learning-rate=%s is out of bounds; give more than 0, at most 0.1"
                            .formatted(rate));
        }
    }

    long seed() {
        return seed;
    }

    int epochs() {
        return epochs;
    }

    Balance balance() {
        return Balance.of(balance);
    }

    /**
     * The network, with a classifier where one trains beside the sentences.
     *
     * @param network that releases hold
     */
    Layout layout(Layout network, Wordings wordings) {
        return auxiliary > 0 ? network.classifying(wordings.classCount()) : network;
    }

    /**
     * The course of the training.
     *
     * @param full whether all pictures have full side: the network knows what smaller ones show,
     *     and takes them for another magnification
     */
    FitPlan plan(boolean full) {
        FitPlan plan = FitPlan.standard(seed, epochs).rated(rate).altered(Ramp.upTo(augmentation));
        Aims aims = plan.aims().focused(balance().focus()).paired(pairs);
        plan =
                plan.aimedAt(aims.classified(auxiliary))
                        .computedIn(precision())
                        .optimisedBy(optimiser)
                        .mixed(mixup);
        return full ? plan.atFullSide() : plan;
    }

    /** The options that shape the training, but for epochs, to be given again. */
    String words() {
        return (seed == 1 ? "" : " --seed " + seed)
                + givenRate.map(given -> " --learning-rate " + given).orElse("")
                + classified(" --auxiliary ")
                + givenOptimiser.map(given -> " --optimiser " + named(given)).orElse("")
                + givenPrecision.map(given -> " --precision " + given).orElse("")
                + givenAugmentation.map(given -> " --augmentation " + given).orElse("")
                + mixed(" --mixup ")
                + balanced(" --balance ")
                + paired();
    }

    /** Goes into a checkpoint's identity, behind the seed; empty where all is as usual. */
    String identity() {
        String rated = rate == USUAL_RATE ? "" : " rate " + rate;
        String rounded = precision() == Precision.BFLOAT16 ? "" : " float32";
        return balanced(" balance ")
                + rated
                + (optimiser == Optimiser.ADAMW ? "" : " " + named(optimiser))
                + classified(" auxiliary ")
                + rounded
                + altered()
                + mixed(" mixup ")
                + paired();
    }

    /** For the release's manifest. */
    Map<String, String> facts() {
        return Map.ofEntries(
                Map.entry("seed", Long.toString(seed)),
                Map.entry("epochs", Integer.toString(epochs)),
                Map.entry("balance", balance),
                Map.entry("learning rate", Double.toString(rate)),
                Map.entry("augmentation", Double.toString(augmentation)),
                Map.entry("mixup", Double.toString(mixup)),
                Map.entry("auxiliary classifier", Double.toString(auxiliary)),
                Map.entry("precision", named(precision())),
                Map.entry("optimiser", named(optimiser)),
                Map.entry("pairs", named(pairs)));
    }

    private static String named(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private Precision precision() {
        return givenPrecision.orElseGet(Precision::ofProcessor);
    }

    private String balanced(String option) {
        return balance.equals(Balance.ROOT.label()) ? "" : option + balance;
    }

    private String classified(String option) {
        return auxiliary == 0 ? "" : option + auxiliary;
    }

    private String altered() {
        return augmentation == USUAL_AUGMENTATION ? "" : " --augmentation " + augmentation;
    }

    private String mixed(String option) {
        return mixup == 0 ? "" : option + mixup;
    }

    private String paired() {
        return pairs == Aims.Pairs.SOFTMAX ? "" : " --pairs " + pairs;
    }
}
