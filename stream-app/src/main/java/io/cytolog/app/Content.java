// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.config.AppConfig;
import io.cytolog.config.AppConfig.S3Config;
import io.cytolog.content.ContentFetcher;
import io.cytolog.content.ContentStore;
import io.cytolog.content.FileContent;
import io.cytolog.content.S3Access;
import io.cytolog.content.S3Content;
import io.cytolog.content.S3Folder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where images that are not in their records may lie, by the configuration. */
public final class Content {

    private Content() {}

    /** Opens the stores; no client of an object store is made unless a bucket is allowed. */
    public static ContentFetcher of(AppConfig config) {
        long maxBytes = config.gate().maxBytes().bytes();
        S3Config s3 = config.claimCheck().s3();
        List<ContentStore> stores = new ArrayList<>();
        stores.add(new FileContent(config.claimCheck().roots(), maxBytes));
        if (!s3.buckets().isEmpty()) {
            stores.add(S3Content.open(access(s3), folders(s3), maxBytes));
        }
        return new ContentFetcher(stores);
    }

    /** What of the settings cannot be worked with. */
    static List<String> faults(AppConfig config) {
        S3Config s3 = config.claimCheck().s3();
        List<String> faults = new ArrayList<>();
        try {
            folders(s3);
        } catch (IllegalArgumentException e) {
            faults.add("claim-check.s3.buckets: " + e.getMessage());
        }
        if (s3.accessKey().isBlank() != s3.secretKey().isBlank()) {
            faults.add("claim-check.s3 has one key of two; give access-key and secret-key or none");
        }
        if (s3.timeout().compareTo(config.barrier().timeout()) >= 0) {
            faults.add(
                    """
                    claim-check.s3.timeout=%dms is not below barrier.timeout=%dms: a slow store \
                    would fail commits; lower the one or raise the other\
                    """
                            .formatted(
                                    s3.timeout().toMillis(),
                                    config.barrier().timeout().toMillis()));
        }
        return faults;
    }

    private static List<S3Folder> folders(S3Config s3) {
        return s3.buckets().stream().map(S3Folder::parse).toList();
    }

    private static S3Access access(S3Config s3) {
        return new S3Access(
                Optional.of(s3.endpoint()).filter(Predicate.not(String::isBlank)).map(URI::create),
                s3.region(),
                s3.pathStyle(),
                Optional.of(new S3Access.Keys(s3.accessKey(), s3.secretKey()))
                        .filter(keys -> !keys.access().isBlank()),
                s3.connectTimeout(),
                s3.readTimeout(),
                s3.timeout(),
                s3.attempts());
    }
}
