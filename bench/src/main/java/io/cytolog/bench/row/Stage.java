// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.row;

/** What is done to an image, one stage more each. */
public enum Stage {
    PASS_THROUGH("bytes in, bytes out, exactly once: Kafka Streams alone"),
    GATE("+ the app, Avro in, digest, gate, in flight, barrier; a dead letter with the bytes out"),
    RECIPE("+ decode, recipe, batcher without a session; an Avro result out in place of the bytes"),
    SESSION("+ session run of the encoder"),
    MATCH("+ match with the sentence bank, in the same session run"),
    SUMMARIES("+ slide summaries: all of Cytolog"),
    NO_BARRIER("as before the summaries, without the commit barrier: loses images in a crash");

    private final String says;

    Stage(String says) {
        this.says = says;
    }

    /** What it adds to the one before. */
    public String says() {
        return says;
    }

    /** Whether images keep the digest that their record states; else the gate turns them away. */
    public boolean takesWholeImages() {
        return this != GATE;
    }
}
