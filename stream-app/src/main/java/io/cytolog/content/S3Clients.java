// Licensed under the Apache License, Version 2.0.
package io.cytolog.content;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the SDK's client: blocking, over the JDK's own connections, without threads of its own. */
final class S3Clients {

    private S3Clients() {}

    static S3Client open(S3Access access) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .region(Region.of(access.region()))
                        .forcePathStyle(access.pathStyle())
                        .credentialsProvider(credentials(access))
                        // The gate verifies SHA-256, and other stores refuse the SDK's checksum
                        // headers, which it would put on a reading, too.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(override(access))
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(access.connectTimeout())
                                        .socketTimeout(access.readTimeout()));
        access.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Access access) {
        return access.keys()
                .<AwsCredentialsProvider>map(
                        keys ->
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(keys.access(), keys.secret())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static ClientOverrideConfiguration override(S3Access access) {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(access.timeout())
                .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(access.attempts())
                                .build())
                .build();
    }
}
