// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What the broker says of the group's offsets and of transactions. Owned by one thread. */
final class GroupState implements AutoCloseable {

    private static final List<String> TOPICS =
            List.of(
                    Topics.IMAGES_CAPTURED.name(),
                    Topics.IMAGES_ANNOTATED.name(),
                    Topics.IMAGES_REJECTED.name());

    private final Admin admin;
    private final String group;

    GroupState(String broker, String group) {
        this.admin = Admin.create(Map.of("bootstrap.servers", broker));
        this.group = group;
    }

    /**
     * Waits until nothing is open; a killed instance's transaction stays open until it times out.
     *
     * @return what is still open then; empty when nothing is
     */
    List<String> settle(Duration longest) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + longest.toNanos();
        List<String> open = open();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(500);
            open = open();
        }
        return open;
    }

    /** Offsets short of the end, open transactions, and records behind the last stable offset. */
    private List<String> open() throws InterruptedException, ExecutionException {
        List<String> open = new ArrayList<>();
        Map<TopicPartition, Long> ends = ends(IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> stable = ends(IsolationLevel.READ_COMMITTED);
        var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        ends.forEach(
                (partition, end) -> {
                    long own =
                            committed.containsKey(partition)
                                    ? committed.get(partition).offset()
                                    : 0;
                    if (partition.topic().equals(Topics.IMAGES_CAPTURED.name()) && own != end) {
                        open.add("%s committed at %d of %d".formatted(partition, own, end));
                    }
                    if (!stable.get(partition).equals(end)) {
                        open.add(
                                "%s stable up to %d of %d"
                                        .formatted(partition, stable.get(partition), end));
                    }
                });
        for (TransactionListing transaction : admin.listTransactions().all().get()) {
            if (transaction.state() == TransactionState.ONGOING) {
                open.add("transaction %s is open".formatted(transaction.transactionalId()));
            }
        }
        return open;
    }

    private Map<TopicPartition, Long> ends(IsolationLevel level)
            throws InterruptedException, ExecutionException {
        var specs =
                admin.describeTopics(TOPICS).allTopicNames().get().values().stream()
                        .flatMap(
                                topic ->
                                        topic.partitions().stream()
                                                .map(
                                                        p ->
                                                                new TopicPartition(
                                                                        topic.name(),
                                                                        p.partition())))
                        .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
        return admin
                .listOffsets(specs, new ListOffsetsOptions(level))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    @Override
    public void close() {
        admin.close();
    }
}
