// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.chaos;

import io.cytolog.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker says is still to come: offsets, members and transactions. Owned by one thread.
 */
final class Pending implements AutoCloseable {

    /** A transaction that changes nothing any more. */
    private static final Set<TransactionState> OVER =
            Set.of(
                    TransactionState.EMPTY,
                    TransactionState.COMPLETE_COMMIT,
                    TransactionState.COMPLETE_ABORT);

    private final Admin admin;
    private final String group;

    Pending(String broker, String group) {
        this.admin = Admin.create(Map.of("bootstrap.servers", broker));
        this.group = group;
    }

    /**
     * Empty when the group stands at the end, all its instances are in it, and no transaction is
     * open; a killed instance's stays open until it times out.
     *
     * @param instances that should be in the group
     */
    List<String> now(int instances) throws InterruptedException, ExecutionException {
        List<String> pending = new ArrayList<>();
        Set<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> stable = ends(partitions, IsolationLevel.READ_COMMITTED);
        addOffsets(ends, pending);
        ends.forEach(
                (partition, end) -> {
                    if (!end.equals(stable.get(partition))) {
                        pending.add(
                                "%s is stable up to %d of %d"
                                        .formatted(partition, stable.get(partition), end));
                    }
                });
        addTransactions(partitions, pending);
        addMembers(instances, pending);
        return pending;
    }

    private void addOffsets(Map<TopicPartition, Long> ends, List<String> pending)
            throws InterruptedException, ExecutionException {
        var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        ends.forEach(
                (partition, end) -> {
                    var own = committed.get(partition);
                    long at = own == null ? 0 : own.offset();
                    if (partition.topic().equals(Topics.IMAGES_CAPTURED.name()) && at != end) {
                        pending.add("%s is committed at %d of %d".formatted(partition, at, end));
                    }
                });
    }

    /** As the coordinator knows them, and as the partitions' own producer states show them. */
    private void addTransactions(Set<TopicPartition> partitions, List<String> pending)
            throws InterruptedException, ExecutionException {
        Collection<TransactionListing> known = admin.listTransactions().all().get();
        known.stream()
                .filter(transaction -> !OVER.contains(transaction.state()))
                .forEach(
                        transaction ->
                                pending.add(
                                        "transaction %s is %s"
                                                .formatted(
                                                        transaction.transactionalId(),
                                                        transaction.state())));
        for (var of : admin.describeProducers(partitions).all().get().entrySet()) {
            for (ProducerState producer : of.getValue().activeProducers()) {
                if (producer.currentTransactionStartOffset().isPresent()) {
                    pending.add(
                            "%s has a transaction of producer %d open (epoch %d, coordinator epoch %s, from offset %d; for the coordinator %s)"
                                    .formatted(
                                            of.getKey(),
                                            producer.producerId(),
                                            producer.producerEpoch(),
                                            producer.coordinatorEpoch(),
                                            producer.currentTransactionStartOffset().getAsLong(),
                                            forCoordinator(producer, known)));
                }
            }
        }
    }

    /** What the coordinator holds of a producer, for the verdict's reader. */
    private static List<String> forCoordinator(
            ProducerState producer, Collection<TransactionListing> known) {
        return known.stream()
                .filter(transaction -> transaction.producerId() == producer.producerId())
                .map(transaction -> transaction.transactionalId() + " is " + transaction.state())
                .toList();
    }

    /**
     * Aborts what partitions hold open and the coordinator has ended or never knew, as
     * kafka-transactions.sh does: such a transaction does not end by itself, and holds back every
     * reader of what was committed after it.
     *
     * @return how many there were, a partition each
     */
    int abortHanging() throws InterruptedException, ExecutionException {
        Set<Long> known =
                admin.listTransactions().all().get().stream()
                        .filter(transaction -> !OVER.contains(transaction.state()))
                        .map(TransactionListing::producerId)
                        .collect(Collectors.toSet());
        int aborted = 0;
        for (var of : admin.describeProducers(partitions()).all().get().entrySet()) {
            for (ProducerState producer : of.getValue().activeProducers()) {
                if (producer.currentTransactionStartOffset().isPresent()
                        && !known.contains(producer.producerId())) {
                    admin.abortTransaction(hanging(of.getKey(), producer)).all().get();
                    aborted++;
                }
            }
        }
        return aborted;
    }

    private static AbortTransactionSpec hanging(TopicPartition partition, ProducerState producer) {
        return new AbortTransactionSpec(
                partition,
                producer.producerId(),
                (short) producer.producerEpoch(),
                producer.coordinatorEpoch().orElse(0));
    }

    private void addMembers(int instances, List<String> pending)
            throws InterruptedException, ExecutionException {
        ConsumerGroupDescription described =
                admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get();
        long present =
                described.members().stream()
                        .map(member -> member.clientId().replaceFirst("-StreamThread-.*", ""))
                        .distinct()
                        .count();
        if (described.groupState() != GroupState.STABLE || present != instances) {
            pending.add(
                    "the group is %s with %d of %d instances"
                            .formatted(described.groupState(), present, instances));
        }
    }

    /** Of every topic, the one with the group's offsets among them. */
    private Set<TopicPartition> partitions() throws InterruptedException, ExecutionException {
        return admin
                .describeTopics(
                        admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get())
                .allTopicNames()
                .get()
                .values()
                .stream()
                .flatMap(
                        topic ->
                                topic.partitions().stream()
                                        .map(p -> new TopicPartition(topic.name(), p.partition())))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel level)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream()
                        .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
        return admin
                .listOffsets(latest, new ListOffsetsOptions(level))
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
