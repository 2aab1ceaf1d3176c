// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.event.ImageCaptured;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.Readable;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.cluster.Cluster;
import io.cytolog.standalone.letter.DeadLetter;
import io.cytolog.standalone.letter.DeadLetters;
import io.cytolog.standalone.log.Position;
import io.cytolog.topic.Topic;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(
        name = "show",
        description = "Shows everything that is known of one image that was turned away.")
final class RejectedShowCommand implements Callable<Integer>, Verbose {

    @Mixin private Common common;
    @Mixin private ClusterOptions cluster;
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "POSITION",
            description = "As 'rejected list' prints it: PARTITION@OFFSET.")
    private String position;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Writes the original image there; a file that exists is not overwritten.")
    private @Nullable Path save;

    @Override
    public boolean verbose() {
        return common.verbose();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Position at = LetterOptions.position(position);
        if (save != null && Files.exists(save)) {
            throw new InvalidInputException("--save=%s exists; give another".formatted(save));
        }
        Cluster on = cluster.cluster().check();
        PrintWriter out = spec.commandLine().getOut();
        try (EventSerdes serdes = on.serdes()) {
            DeadLetter letter =
                    new DeadLetters(on, serdes)
                            .at(at)
                            .orElseThrow(
                                    () ->
                                            new InvalidInputException(
                                                    "there is no dead letter at %s; 'rejected list' prints those that are there"
                                                            .formatted(at)));
            LetterText.fields(letter)
                    .forEach((name, value) -> out.printf("%-14s %s%n", name, value));
            if (save != null) {
                Files.write(save, image(on, serdes, letter));
                out.printf("%-14s %s%n", "saved", save);
            }
        }
        out.flush();
        return Cytolog.DONE;
    }

    private static byte[] image(Cluster on, EventSerdes serdes, DeadLetter letter) {
        ByteBuffer original = letter.value().getOriginalValue();
        if (original == null) {
            throw new InvalidInputException(
                    "the original of %s was not kept; it stands at %s while that topic keeps it"
                            .formatted(letter.position(), letter.source()));
        }
        Topic<ImageCaptured> topic = on.topic(Topics.IMAGES_CAPTURED);
        return switch (serdes.readable(topic)
                .deserializer()
                .deserialize(topic.name(), bytes(original))) {
            case Readable.Unreadable<ImageCaptured> unreadable -> bytes(original);
            case Readable.Read<ImageCaptured>(ImageCaptured captured) -> {
                if (captured.getContent() == null) {
                    throw new InvalidInputException(
                            "the image of %s is not in its record but at %s"
                                    .formatted(letter.position(), captured.getContentUri()));
                }
                yield bytes(captured.getContent());
            }
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
