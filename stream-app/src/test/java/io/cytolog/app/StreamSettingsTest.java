// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cytolog.config.ConfigReader;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {

    @Test
    void givesUpAnInstanceAfterTenSecondsUnlessToldOtherwise() throws Exception {
        assertThat(consumer("{}")).containsEntry("session.timeout.ms", 10_000);
    }

    @Test
    void letsKafkaPropertiesGoFirstWithAndWithoutPrefix() throws Exception {
        assertThat(consumer("{session.timeout.ms: 6000}").get("session.timeout.ms"))
                .hasToString("6000");
        assertThat(consumer("{consumer.session.timeout.ms: 7000}").get("session.timeout.ms"))
                .hasToString("7000");
        assertThat(producer("{linger.ms: 0}").get("linger.ms")).hasToString("0");
    }

    @Test
    void alwaysReadsANewPartitionFromItsBeginning() throws Exception {
        assertThat(consumer("{auto.offset.reset: latest}"))
                .containsEntry("auto.offset.reset", "earliest");
    }

    private static Map<String, Object> consumer(String properties) throws Exception {
        return effective(properties).getMainConsumerConfigs("group", "client", 0);
    }

    private static Map<String, Object> producer(String properties) throws Exception {
        return effective(properties).getProducerConfigs("client");
    }

    private static StreamsConfig effective(String properties) throws Exception {
        var config = ConfigReader.ofDefaults().with("kafka.properties", properties).read();
        return new StreamsConfig(StreamSettings.streams(config));
    }
}
