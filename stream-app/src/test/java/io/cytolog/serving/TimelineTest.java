// Licensed under the Apache License, Version 2.0.
package io.cytolog.serving;

import static io.cytolog.serving.Decided.at;
import static io.cytolog.serving.Decided.edit;
import static io.cytolog.serving.Decided.origin;
import static io.cytolog.serving.Decided.retire;
import static io.cytolog.serving.Decided.serve;
import static io.cytolog.serving.Decided.shadow;
import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.bank.SentenceEdit;
import io.cytolog.serving.ReleaseOrigin.Configured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which edition answers is a function of the record's time and of the decisions. */
class TimelineTest {

    private static final SentenceEdit ADDED = SentenceEdit.active("s-1", "A cell", "red");

    private static Timeline timeline(ReleaseDecision... releases) {
        return Timeline.EMPTY.plus(List.of(releases), List.of());
    }

    private static ReleaseOrigin originAt(Timeline timeline, long seconds) {
        return timeline.at(at(seconds)).origin();
    }

    @Test
    void servesTheConfiguredReleaseUntilTheFirstPointOfChange() {
        Timeline timeline = timeline(serve('b', 10, 1));

        assertThat(Timeline.EMPTY.at(at(0)).origin()).isEqualTo(Configured.CONFIGURED);
        assertThat(timeline.at(at(10).minusNanos(1)).origin()).isEqualTo(Configured.CONFIGURED);
        assertThat(originAt(timeline, 10)).isEqualTo(origin('b'));
        assertThat(timeline.decisionAt(at(10))).contains(serve('b', 10, 1));
    }

    @Test
    void changesBackWhenTheFormerReleaseIsAnnouncedAgain() {
        Timeline timeline = timeline(serve('b', 10, 1), serve('c', 20, 2), serve('b', 30, 3));

        assertThat(originAt(timeline, 25)).isEqualTo(origin('c'));
        assertThat(originAt(timeline, 30)).isEqualTo(origin('b'));
        assertThat(timeline.at(at(30))).isEqualTo(timeline.at(at(15)));
    }

    @Test
    void isTheSameInWhateverOrderDecisionsWereRead() {
        // Given
        List<ReleaseDecision> releases =
                new ArrayList<>(
                        List.of(
                                serve('b', 10, 1),
                                serve('c', 10, 2),
                                shadow('d', 0.5, 12, 3),
                                retire('c', 20, 4),
                                serve('d', 30, 5)));
        Timeline inOrder = Timeline.EMPTY.plus(releases, List.of());
        Random random = new Random(1);

        for (int i = 0; i < 50; i++) {
            // When
            Collections.shuffle(releases, random);
            Timeline oneByOne = Timeline.EMPTY;
            for (ReleaseDecision release : releases) {
                oneByOne = oneByOne.plus(List.of(release), List.of());
            }

            // Then
            for (long second = 0; second < 40; second++) {
                assertThat(oneByOne.at(at(second))).isEqualTo(inOrder.at(at(second)));
                assertThat(oneByOne.shadowAt(at(second))).isEqualTo(inOrder.shadowAt(at(second)));
            }
        }
    }

    @Test
    void letsTheLaterOfTwoAnnouncementsForOneMomentServe() {
        assertThat(originAt(timeline(serve('b', 10, 1), serve('c', 10, 2)), 10))
                .isEqualTo(origin('c'));
    }

    @Test
    void letsTheFormerServeFromWhereAReleaseIsRetired() {
        Timeline timeline = timeline(serve('b', 10, 1), serve('c', 20, 2), retire('c', 30, 3));

        assertThat(originAt(timeline, 29)).isEqualTo(origin('c'));
        assertThat(originAt(timeline, 30)).isEqualTo(origin('b'));
    }

    @Test
    void letsARetiredReleaseServeAgainWhenItIsAnnouncedAgain() {
        Timeline timeline = timeline(serve('b', 10, 1), retire('b', 20, 2), serve('b', 30, 3));

        assertThat(originAt(timeline, 25)).isEqualTo(Configured.CONFIGURED);
        assertThat(originAt(timeline, 30)).isEqualTo(origin('b'));
    }

    @Test
    void passesOverAnAnnouncementThatCannotBeCarriedOut() {
        // Given
        Timeline timeline = timeline(serve('b', 10, 1), serve('c', 20, 2));

        // When
        Timeline without = timeline.without(origin('c'));

        // Then
        assertThat(originAt(without, 20)).isEqualTo(origin('b'));
        assertThat(timeline.refusedInForce()).isZero();
        assertThat(without.refusedInForce()).isEqualTo(1);
    }

    @Test
    void isWholeAgainOnceAnotherAnnouncementFollowsTheRefusedOne() {
        // Given
        Timeline refused = timeline(serve('b', 10, 1), serve('c', 20, 2)).without(origin('c'));

        // Then
        assertThat(refused.plus(List.of(serve('b', 30, 3)), List.of()).refusedInForce()).isZero();
        Timeline mended = refused.plus(List.of(serve('c', 30, 3)), List.of());
        assertThat(mended.refusedInForce()).isZero();
        assertThat(originAt(mended, 30)).isEqualTo(origin('c'));
        assertThat(originAt(mended, 29)).isEqualTo(origin('b'));
    }

    @Test
    void shadowsBesideWhatServesUntilRetired() {
        Timeline timeline =
                timeline(serve('b', 5, 1), shadow('c', 0.25, 10, 2), retire('c', 20, 3));

        assertThat(timeline.shadowAt(at(9))).isEmpty();
        assertThat(timeline.shadowAt(at(10)).orElseThrow().share()).isEqualTo(0.25);
        assertThat(timeline.shadowAt(at(10)).orElseThrow().plan().origin()).isEqualTo(origin('c'));
        assertThat(originAt(timeline, 10)).isEqualTo(origin('b'));
        assertThat(timeline.shadowAt(at(20))).isEmpty();
    }

    @Test
    void editsWhateverServes() {
        // Given
        Timeline timeline =
                timeline(serve('b', 10, 1))
                        .plus(
                                List.of(),
                                List.of(
                                        edit(SentenceEdit.retired("s-2"), 20, 2),
                                        edit(ADDED, 5, 1)));

        // Then
        assertThat(timeline.at(at(4)).edits()).isEmpty();
        assertThat(timeline.at(at(5)).origin()).isEqualTo(Configured.CONFIGURED);
        assertThat(timeline.at(at(5)).edits()).containsExactly(ADDED);
        assertThat(timeline.at(at(20)).edits()).containsExactly(ADDED, SentenceEdit.retired("s-2"));
        assertThat(timeline.at(at(20)).origin()).isEqualTo(origin('b'));
    }

    @Test
    void knowsTheNextChangeAndTheEditionBefore() {
        Timeline timeline = timeline(serve('b', 10, 1), serve('c', 20, 2), serve('c', 25, 3));

        assertThat(timeline.nextChange(at(10))).contains(at(20));
        assertThat(timeline.nextChange(at(25))).isEmpty();
        assertThat(timeline.before(at(30)).origin()).isEqualTo(origin('b'));
        assertThat(timeline.before(at(10)).origin()).isEqualTo(Configured.CONFIGURED);
        assertThat(timeline.before(at(0)).origin()).isEqualTo(Configured.CONFIGURED);
    }
}
