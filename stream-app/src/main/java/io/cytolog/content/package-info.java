// Licensed under the Apache License, Version 2.0.
/**
 * Claim checks redeemed: images too large for their record, read from allowed folders and buckets.
 * Knows no Kafka; {@code io.cytolog.topology} stands on it. Only this package names the AWS SDK.
 */
@NullMarked
package io.cytolog.content;

import org.jspecify.annotations.NullMarked;
