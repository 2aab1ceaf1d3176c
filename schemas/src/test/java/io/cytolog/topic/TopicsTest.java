// Licensed under the Apache License, Version 2.0.
package io.cytolog.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void namesAreDistinctAndTakeThePrefix() {
        assertThat(Topics.all())
                .extracting(Topic::name)
                .containsExactly(
                        "images.captured",
                        "images.annotated",
                        "images.rejected",
                        "slides.summarised",
                        "reviews.decided",
                        "releases.announced",
                        "sentences.banked");
        assertThat(Topics.all("lab1."))
                .extracting(Topic::subject)
                .allSatisfy(name -> assertThat(name).startsWith("lab1.").endsWith("-value"));
        assertThat(new HashSet<>(Topics.all())).hasSameSizeAs(Topics.all());
    }

    @Test
    void brokersStampTimesThemselvesSoThatOldImagesAreKept() {
        assertThat(Topics.all())
                .allSatisfy(
                        topic ->
                                assertThat(topic.settings())
                                        .containsEntry(
                                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                                "LogAppendTime"));
    }

    @Test
    void decisionsAreKeptForEverInTheirOrder() {
        assertThat(Topics.all())
                .filteredOn(topic -> "-1".equals(topic.settings().get("retention.ms")))
                .containsExactly(Topics.RELEASES_ANNOUNCED, Topics.SENTENCES_BANKED)
                .allSatisfy(topic -> assertThat(topic.creation(4).numPartitions()).isEqualTo(1));
    }

    @Test
    void nothingIsCompactedSinceThatForgetsWhatServedBefore() {
        assertThat(Topics.all())
                .allSatisfy(
                        topic ->
                                assertThat(topic.settings())
                                        .containsEntry("cleanup.policy", "delete"));
    }

    @Test
    void oneRequestHoldsTheLargestRecordOfEveryTopic() {
        assertThat(Topics.all())
                .allSatisfy(
                        topic ->
                                assertThat(topic.maxRecordBytes() + Topics.BATCH_OVERHEAD_BYTES)
                                        .isLessThanOrEqualTo(Topics.MAX_REQUEST_BYTES));
    }

    @Test
    void refusesAPrefixThatKafkaWouldRefuse() {
        assertThatThrownBy(() -> Topics.IMAGES_CAPTURED.named("lab 1/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'lab 1/images.captured'")
                .hasMessageContaining("correct the prefix");
    }

    @Test
    void isCreatedWithItsSettings() {
        var creation = Topics.IMAGES_CAPTURED.creation(4);

        assertThat(creation.name()).isEqualTo("images.captured");
        assertThat(creation.numPartitions()).isEqualTo(4);
        assertThat(creation.configs()).isEqualTo(Topics.IMAGES_CAPTURED.settings());
    }
}
