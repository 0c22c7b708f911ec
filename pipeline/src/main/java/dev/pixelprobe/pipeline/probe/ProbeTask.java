package dev.pixelprobe.pipeline.probe;

import org.jspecify.annotations.Nullable;

/**
 * One probe.
 *
 * @param labelsPerClass how many training images of each class to draw; null: all there are
 */
record ProbeTask(ProbeInput input, @Nullable Integer labelsPerClass) {}
