// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;

/** Who is in the stream's consumer group, as the broker says. Used by one thread. */
final class GroupWatch implements AutoCloseable {

    /**
     * @param stable whether the broker waits for nobody
     * @param members ids, new ones for who was put out and came again
     */
    record Group(boolean stable, Set<String> members) {}

    private final Admin admin;
    private final String group;

    GroupWatch(String broker, String group) {
        this.admin = Admin.create(Map.of("bootstrap.servers", broker));
        this.group = group;
    }

    Group now() throws InterruptedException {
        try {
            ConsumerGroupDescription described =
                    admin.describeConsumerGroups(Set.of(group)).describedGroups().get(group).get();
            Set<String> members = new TreeSet<>();
            described.members().stream().map(MemberDescription::consumerId).forEach(members::add);
            return new Group("STABLE".equals(described.groupState().name()), members);
        } catch (ExecutionException e) {
            return new Group(false, Set.of());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
