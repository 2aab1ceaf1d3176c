// Licensed under the Apache License, Version 2.0.
package io.cytolog.image;

/**
 * Why an image cannot be worked on.
 *
 * @param detail what, where, bound and remedy, in one line
 */
public record Rejection(RejectionStage stage, RejectionReason reason, String detail) {}
