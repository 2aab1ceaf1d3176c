// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import io.cytolog.standalone.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and treats each connection as told; when nothing more was told, it lets
 * all through. Connections have threads of their own; the list of orders is guarded by this
 * object's monitor.
 */
final class FaultyDoor implements AutoCloseable {

    /** What a connection meets. */
    enum Fault {
        /** Nothing is ever said. */
        STALL,
        /** An answer of 500. */
        SERVER_ERROR,
        /** The server's answer ends after a few thousand bytes. */
        CUT
    }

    private static final int CUT_AFTER = 4_000;

    private final ServerSocket door;
    private final int behind;
    private final Deque<Fault> orders;
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Socket> open = new ArrayDeque<>();

    FaultyDoor(int behind, Fault... orders) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getByName(Loopback.HOST));
        this.behind = behind;
        this.orders = new ArrayDeque<>(List.of(orders));
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Connections so far: one an attempt that failed, and one that stays. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = keep(door.accept());
                connections.incrementAndGet();
                threads.execute(() -> treat(client));
            }
        } catch (IOException e) {
            // The door is closed.
        }
    }

    private synchronized Socket keep(Socket socket) {
        open.add(socket);
        return socket;
    }

    private synchronized Fault nextOrNull() {
        return orders.poll();
    }

    private void treat(Socket client) {
        try {
            Fault fault = nextOrNull();
            if (fault == null) {
                pass(client, Long.MAX_VALUE);
                return;
            }
            switch (fault) {
                case STALL -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
                case SERVER_ERROR -> refuse(client);
                case CUT -> pass(client, CUT_AFTER);
            }
        } catch (IOException e) {
            // The client went.
        }
    }

    private static void refuse(Socket client) throws IOException {
        try (client) {
            client.getInputStream().read(new byte[8_192]);
            client.getOutputStream()
                    .write(
                            "HTTP/1.1 500 Broken\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void pass(Socket client, long answerBytes) throws IOException {
        Socket server = keep(new Socket(Loopback.HOST, behind));
        threads.execute(() -> pipe(client, server, Long.MAX_VALUE));
        pipe(server, client, answerBytes);
    }

    private static void pipe(Socket from, Socket to, long most) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1_000];
            long passed = 0;
            int read = in.read(buffer);
            while (read >= 0 && passed < most) {
                out.write(buffer, 0, read);
                passed += read;
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // One of the two went.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            synchronized (this) {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.close();
    }
}
