package dev.pixelprobe.pipeline.cli;

import org.jspecify.annotations.Nullable;

/**
 * Where a run comes from.
 *
 * @param commandLine that makes it again
 * @param variant what sets it apart from others of its model and data set; null if nothing does
 */
record RunOrigin(String commandLine, @Nullable String variant) {}
