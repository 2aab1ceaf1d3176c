// Licensed under the Apache License, Version 2.0.
package io.cytolog.topology;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Bounds what all tasks of a process have in flight together: the bytes that it holds, and the time
 * that it will take at the pace last seen, so that a commit can wait for all of it. Safe for any
 * thread; its own monitor guards it.
 */
public final class InFlightBound {

    private final InFlightLimits limits;
    private final LongSupplier nanoTime;
    private final LongConsumer meter;

    private long bytes;
    private int unanswered;
    private long workSince;
    // The slower of two counts: a short memory sees at once that work became slow, a long one is
    // not misled by answers that come together.
    private final Pace lately;
    private final Pace usually;

    /**
     * @param nanoTime a monotonic clock, nanoseconds
     * @param meter is told of the bytes held; brief, never throws
     */
    public InFlightBound(InFlightLimits limits, LongSupplier nanoTime, LongConsumer meter) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.meter = meter;
        this.lately = new Pace(limits.horizon().toNanos() / 4.0);
        this.usually = new Pace(limits.horizon().toNanos() * 2.0);
    }

    /** Whether one more image of so many bytes fits; not before the pace is known. */
    synchronized boolean hasRoomFor(long more) {
        double each = Math.max(lately.nanosAnAnswer(), usually.nanosAnAnswer());
        double time = (unanswered + 1) * each;
        return bytes + more <= limits.maxBytes()
                && time <= limits.horizon().toNanos()
                && (unanswered < limits.busy() || time <= limits.aim().toNanos());
    }

    /** Takes an image in; the caller gives its share back. */
    synchronized Share enter(long weight) {
        if (unanswered == 0) {
            workSince = nanoTime.getAsLong();
        }
        unanswered++;
        held(weight);
        return new Share(weight);
    }

    private synchronized void answered() {
        long now = nanoTime.getAsLong();
        lately.answered(now - workSince);
        usually.answered(now - workSince);
        workSince = now;
        unanswered--;
    }

    private synchronized void givenUp() {
        unanswered--;
    }

    private synchronized void held(long change) {
        bytes += change;
        meter.accept(bytes);
    }

    /** Answers and the time they took, both fading with a time constant; guarded by the bound. */
    private static final class Pace {

        private final double memoryNanos;
        private double answers;
        private double busyNanos;

        Pace(double memoryNanos) {
            this.memoryNanos = memoryNanos;
        }

        void answered(double gapNanos) {
            double faded = Math.exp(-gapNanos / memoryNanos);
            answers = answers * faded + 1;
            busyNanos = busyNanos * faded + gapNanos;
        }

        /** Without end before the first answer. */
        double nanosAnAnswer() {
            return answers == 0 ? Double.POSITIVE_INFINITY : busyNanos / answers;
        }
    }

    /**
     * What one image takes of the bound. Its image's threads tell, one after the other, what it
     * weighs now and that it is answered; its stream thread gives it back.
     */
    final class Share {

        private long weight;
        private boolean open = true;
        private boolean answered;

        private Share(long weight) {
            this.weight = weight;
        }

        /** The image holds so many bytes from now on; without effect once given back. */
        synchronized void weigh(long now) {
            if (open) {
                held(now - weight);
                weight = now;
            }
        }

        /** The image has its outcome, which still waits to be forwarded. */
        synchronized void answer() {
            if (open && !answered) {
                answered = true;
                InFlightBound.this.answered();
            }
        }

        /** Nothing of the image is held any more. */
        synchronized void giveBack() {
            if (!open) {
                return;
            }
            weigh(0);
            open = false;
            if (!answered) {
                givenUp();
            }
        }
    }
}
