// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cytolog.corpus.Wordings;
import io.cytolog.fit.FitPlan;
import io.cytolog.fit.Optimiser;
import io.cytolog.fit.Precision;
import io.cytolog.network.Layout;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Options that shape a training, as they are given on the command line. */
class FitOptionsTest {

    @Command(name = "options")
    private static final class Options {
        @Mixin private final FitOptions how = new FitOptions();
    }

    @Test
    void aCheckpointIsOfOnePrecision() {
        String rough = parsed("--precision", "bfloat16").identity();
        String exact = parsed("--precision", "float32").identity();

        assertThat(rough).isEmpty();
        assertThat(exact).isEqualTo(" float32");
        assertThat(parsed().identity())
                .isEqualTo(Precision.ofProcessor() == Precision.BFLOAT16 ? rough : exact);
    }

    @Test
    void aClassifierIsTrainedWhereItIsAskedFor() {
        // Given
        FitOptions without = parsed();
        FitOptions with = parsed("--auxiliary", "0.5", "--precision", "bfloat16");
        Wordings wordings = Wordings.shipped();
        Layout tiny = Layout.tiny();

        // Then
        assertThat(without.plan(false).aims().auxiliary()).isZero();
        assertThat(without.layout(tiny, wordings).classes()).isZero();
        assertThat(with.plan(false).aims().auxiliary()).isEqualTo(0.5);
        assertThat(with.plan(false).precision()).isEqualTo(Precision.BFLOAT16);
        assertThat(with.layout(tiny, wordings).classes()).isEqualTo(wordings.classCount());
        assertThat(with.identity()).isEqualTo(" auxiliary 0.5");
        assertThat(with.words()).isEqualTo(" --auxiliary 0.5 --precision BFLOAT16");
    }

    @Test
    void muonIsForTrainingsFromNothingUnlessAsked() {
        FitOptions fromNothing = checked(false);
        FitOptions goesOn = checked(true);
        FitOptions asked = checked(true, "--optimiser", "muon");

        assertThat(fromNothing.plan(false).optimiser()).isEqualTo(Optimiser.MUON);
        assertThat(goesOn.plan(false).optimiser()).isEqualTo(Optimiser.ADAMW);
        assertThat(asked.plan(false).optimiser()).isEqualTo(Optimiser.MUON);
        assertThat(fromNothing.identity()).contains(" muon");
        assertThat(goesOn.identity()).doesNotContain("muon");
        assertThat(fromNothing.words()).doesNotContain("--optimiser");
        assertThat(asked.words()).contains(" --optimiser muon");
    }

    @Test
    void whatGoesOnFromAReleaseSeesFullSideFromTheFirstStep() {
        FitOptions options = parsed();

        assertThat(options.plan(false).side(0, 100, 160)).isEqualTo(64);
        assertThat(options.plan(false).side(40, 100, 160)).isEqualTo(96);
        assertThat(options.plan(false).side(65, 100, 160)).isEqualTo(160);
        assertThat(options.plan(true).side(0, 100, 160)).isEqualTo(160);
    }

    @Test
    void picturesAreAlteredAsFarAsThoseOfTheReleaseWere() {
        FitOptions usual = parsed();
        FitOptions asRelease = parsed();
        FitOptions asked = parsed("--augmentation", "1");

        usual.check(false, true, Optional.empty());
        asRelease.check(false, true, Optional.of(0.4));
        asked.check(false, true, Optional.of(0.4));

        assertThat(usual.facts()).containsEntry("augmentation", "1.0");
        assertThat(asRelease.facts()).containsEntry("augmentation", "0.4");
        assertThat(asRelease.identity()).contains(" --augmentation 0.4");
        assertThat(asRelease.words()).doesNotContain("augmentation");
        assertThat(asked.facts()).containsEntry("augmentation", "1.0");
        assertThat(asked.words()).contains(" --augmentation 1.0");
    }

    @Test
    void aCheckpointIsOfOneMixture() {
        // Given
        FitOptions usual = parsed("--precision", "bfloat16");
        FitOptions other = parsed("--precision", "bfloat16", "--mixup", "0.4");
        FitPlan plan = other.plan(false);

        // Then
        assertThat(usual.identity()).isEmpty();
        assertThat(other.identity()).isEqualTo(" mixup 0.4");
        assertThat(other.words()).isEqualTo(" --precision BFLOAT16 --mixup 0.4");
        assertThat(other.facts()).containsEntry("mixup", "0.4");
        assertThat(plan.mixup()).isEqualTo(0.4);
    }

    @Test
    void refusesAMixtureOutOfBoundsOrOfSinglePairs() {
        for (String alpha : new String[] {"-0.1", "1.5", "NaN"}) {
            FitOptions options = parsed("--mixup", alpha);
            assertThatThrownBy(() -> options.check(false, false, Optional.empty()))
                    .hasMessageContaining("--mixup=" + alpha + " is out of bounds; give 0 to 1");
        }
        FitOptions single = parsed("--mixup", "0.4", "--pairs", "sigmoid");
        assertThatThrownBy(() -> single.check(false, false, Optional.empty()))
                .hasMessageContaining("give --pairs softmax or --mixup 0");
    }

    @Test
    void refusesAWeightOutOfBounds() {
        for (String weight : new String[] {"-1", "10.5", "NaN"}) {
            FitOptions options = parsed("--auxiliary", weight);
            assertThatThrownBy(() -> options.check(false, false, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give 0 to 10");
        }
    }

    private static FitOptions checked(boolean goesOn, String... arguments) {
        FitOptions options = parsed(arguments);
        options.check(false, goesOn, Optional.empty());
        return options;
    }

    private static FitOptions parsed(String... arguments) {
        Options options = new Options();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return options.how;
    }
}
