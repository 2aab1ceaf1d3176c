// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeedTest {

    private final Feed feed = new Feed(2);

    @Test
    void dropsAWatcherThatDoesNotKeepUp() {
        // Given
        Watcher slow = feed.watch(0).orElseThrow();

        // When
        for (int i = 0; i <= Watcher.MOST_WAITING; i++) {
            feed.result("{}");
        }

        // Then
        assertThat(slow.dismissed()).isTrue();
        assertThat(feed.watchers()).isZero();
    }

    @Test
    void losesNothingBetweenBacklogAndNews() throws InterruptedException {
        // Given
        feed.result("before");
        Watcher watcher = feed.watch(0).orElseThrow();

        // When
        feed.result("after");

        // Then
        assertThat(watcher.take(Duration.ZERO)).map(FeedEvent::json).contains("before");
        assertThat(watcher.take(Duration.ZERO)).map(FeedEvent::json).contains("after");
        assertThat(watcher.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void admitsNoMoreWatchersThanItsBound() {
        // Given
        Watcher first = feed.watch(0).orElseThrow();
        feed.watch(0).orElseThrow();

        // When
        boolean third = feed.watch(0).isPresent();

        // Then
        assertThat(third).isFalse();
        feed.leave(first);
        assertThat(feed.watch(0)).isPresent();
    }

    @Test
    void remembersTheLatestOnly() {
        // When
        for (int i = 0; i < 1_000; i++) {
            feed.result("r" + i);
            feed.rejection("x" + i);
            feed.slide("slide " + i, "s" + i);
        }

        // Then
        assertThat(feed.after(0))
                .hasSize(Feed.MOST_RESULTS + Feed.MOST_REJECTIONS + Feed.MOST_SLIDES)
                .last()
                .extracting(FeedEvent::json)
                .isEqualTo("s999");
    }

    @Test
    void keepsOneSummaryASlide() {
        // When
        feed.slide("a", "1");
        feed.slide("a", "2");

        // Then
        assertThat(feed.after(0)).extracting(FeedEvent::json).containsExactly("2");
    }
}
