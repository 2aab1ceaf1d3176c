// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import static org.awaitility.Awaitility.await;

import io.cytolog.standalone.Loopback;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Proxy with objects in memory, in a process of its own on the loopback address; it verifies
 * signatures. Owned by the test that starts it.
 */
final class S3Server implements AutoCloseable {

    static final S3Access.Keys KEYS = new S3Access.Keys("the-laboratory", "keeps-a-secret");

    private final Process process;
    private final int port;
    private final S3Client client;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
        this.client = writer(port);
    }

    /** Writes plain bodies: S3Proxy does not take the SDK's chunks with trailing checksums. */
    private static S3Client writer(int port) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .endpointOverride(URI.create("http://%s:%d".formatted(Loopback.HOST, port)))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(KEYS.access(), KEYS.secret())))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .build();
    }

    static S3Server start(Path folder) throws IOException {
        int port = Loopback.freePort();
        Path settings = folder.resolve("s3proxy.properties");
        Files.writeString(
                settings,
                """
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                s3proxy.endpoint=http://127.0.0.1:%d
                jclouds.provider=transient-nio2
                jclouds.identity=none
                jclouds.credential=none
                jclouds.endpoint=http://127.0.0.1
                """
                        .formatted(KEYS.access(), KEYS.secret(), port));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString());
        builder.environment()
                .put(
                        "CLASSPATH",
                        Files.readString(Path.of(System.getProperty("cytolog.s3.classpath"))));
        builder.environment().put("LOG_LEVEL", "warn");
        File log = folder.resolve("s3proxy.log").toFile();
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.to(log))
                        .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> answers(port) || !process.isAlive());
        return new S3Server(process, port);
    }

    private static boolean answers(int port) {
        try (Socket _ = new Socket(Loopback.HOST, port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    void bucket(String name) {
        client.createBucket(create -> create.bucket(name));
    }

    void put(String bucket, String key, byte[] content) {
        client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** As quick to give up as a test wants, with a pause between attempts that is the SDK's own. */
    static S3Access access(int port, S3Access.Keys keys) {
        return new S3Access(
                Optional.of(URI.create("http://%s:%d".formatted(Loopback.HOST, port))),
                "us-east-1",
                true,
                Optional.of(keys),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                3);
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
    }
}
