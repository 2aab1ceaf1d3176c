// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Turns Ctrl-C and SIGTERM into a request, as long as it is open, instead of the start of the JVM's
 * shutdown. ONNX Runtime closes its environment from a shutdown hook of its own, beside all other
 * hooks; a session that still runs then crashes the process. So a program that owns sessions must
 * end its work before the JVM begins to shut down. A second signal ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is the JDK's only door to signals; it is used by reflection, since
 * javac warns of it in a way that cannot be silenced. Where it is absent nothing changes.
 */
public final class StopSignal implements AutoCloseable {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
    private static final int BASE_EXIT_CODE = 128;

    private final Runnable stop;
    private final List<Runnable> restores = new ArrayList<>();
    private volatile int received;

    private StopSignal(Runnable stop) {
        this.stop = stop;
    }

    /**
     * @param stop asks the work to end; called on a thread of its own, at most once
     */
    public static StopSignal on(Runnable stop) {
        StopSignal signal = new StopSignal(stop);
        NAMES.forEach(signal::handle);
        return signal;
    }

    /** What a shell expects of a process that a signal ended; empty when none came. */
    public OptionalInt exitCode() {
        return received == 0 ? OptionalInt.empty() : OptionalInt.of(BASE_EXIT_CODE + received);
    }

    /** Gives the signals back to the JVM. */
    @Override
    public void close() {
        restores.forEach(Runnable::run);
    }

    private void handle(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            var install = signalType.getMethod("handle", signalType, handlerType);
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            int number = (int) signalType.getMethod("getNumber").invoke(signal);
            Object before = install.invoke(null, signal, handler(handlerType, number));
            restores.add(
                    () -> {
                        try {
                            install.invoke(null, signal, before);
                        } catch (ReflectiveOperationException e) {
                            throw new IllegalStateException("signal " + name, e);
                        }
                    });
        } catch (ReflectiveOperationException e) {
            // No such signal here, or it is the JVM's own (-Xrs): then the JVM's way stands.
        }
    }

    private Object handler(Class<?> handlerType, int number) {
        InvocationHandler answer =
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "handle" -> {
                                received(number);
                                yield null;
                            }
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "StopSignal " + number;
                        };
        return Proxy.newProxyInstance(
                handlerType.getClassLoader(), new Class<?>[] {handlerType}, answer);
    }

    private synchronized void received(int number) {
        if (received != 0) {
            Runtime.getRuntime().halt(BASE_EXIT_CODE + number);
        }
        received = number;
        Thread.ofPlatform().name("stop-signal").daemon().start(stop);
    }
}
