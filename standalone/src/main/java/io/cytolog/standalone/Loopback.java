// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address: nothing embedded may be reached from another machine. */
public final class Loopback {
    /** The only address that embedded servers bind to. */
    public static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** A port that was free a moment ago; another process may take it before it is bound. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    /** Whether a server could bind to this port now. */
    public static boolean isFree(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return true;
        } catch (BindException _) {
            return false;
        }
    }
}
