// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.balance.Balance;
import io.cytolog.fit.Aims;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Ramp;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a release is trained: options of {@code train}. */
final class FitOptions {

    private static final double USUAL_RATE = 1.5e-3;

    @Option(names = "--seed", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--epochs", defaultValue = "44", description = "default ${DEFAULT-VALUE}")
    private int epochs;

    @Option(
            names = "--balance",
            defaultValue = "root",
            description = {
                "what is done about findings with few cells: none, root, oversample, weights, focal;",
                "default ${DEFAULT-VALUE}"
            })
    private String balance = "";

    @Option(
            names = "--learning-rate",
            description = "highest of the run; default 0.0015, with --from-reviews 0.0003")
    private Optional<Double> givenRate = Optional.empty();

    private double rate = USUAL_RATE;

    @Option(
            names = "--augmentation",
            defaultValue = "1",
            description = {
                "how far the last pictures are altered, the first ones half as far: 0 only turned",
                "and flipped, 1 for pictures of scanners never seen; default ${DEFAULT-VALUE}"
            })
    private double augmentation = 1;

    @Option(
            names = "--pairs",
            defaultValue = "SOFTMAX",
            description = {
                "how cells and sentences are paired: softmax (CLIP) or sigmoid (SigLIP);",
                "default ${DEFAULT-VALUE}"
            })
    private Aims.Pairs pairs = Aims.Pairs.SOFTMAX;

    /**
     * Takes the rate that was not given, and refuses what is out of bounds.
     *
     * @param gentle whether a little is to be learnt and nothing forgotten
     * @throws IllegalArgumentException says which option, its bound and the remedy
     */
    void check(boolean gentle) {
        Balance.of(balance);
        if (!(augmentation >= 0 && augmentation <= 1)) {
            throw new IllegalArgumentException(
                    "--augmentation=%s is out of bounds; give 0 to 1".formatted(augmentation));
        }
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
     * @param continued whether the network has been trained before
     */
    FitPlan plan(boolean continued) {
        FitPlan plan = FitPlan.standard(seed, epochs).rated(rate).altered(Ramp.upTo(augmentation));
        plan = plan.aimedAt(plan.aims().focused(balance().focus()).paired(pairs));
        return continued ? plan.detailed() : plan;
    }

    /** The options that shape the training, but for epochs, to be given again. */
    String words() {
        return (seed == 1 ? "" : " --seed " + seed)
                + givenRate.map(given -> " --learning-rate " + given).orElse("")
                + altered()
                + balanced(" --balance ")
                + paired();
    }

    /** Goes into a checkpoint's identity, behind the seed; empty where all is as usual. */
    String identity() {
        String rated = rate == USUAL_RATE ? "" : " rate " + rate;
        return balanced(" balance ") + rated + altered() + paired();
    }

    /** For the release's manifest. */
    Map<String, String> facts() {
        return Map.of(
                "seed", Long.toString(seed),
                "epochs", Integer.toString(epochs),
                "balance", balance,
                "learning rate", Double.toString(rate),
                "augmentation", Double.toString(augmentation),
                "pairs", pairs.name().toLowerCase(Locale.ROOT));
    }

    private String balanced(String option) {
        return balance.equals(Balance.ROOT.label()) ? "" : option + balance;
    }

    private String altered() {
        return augmentation == 1 ? "" : " --augmentation " + augmentation;
    }

    private String paired() {
        return pairs == Aims.Pairs.SOFTMAX ? "" : " --pairs " + pairs;
    }
}
