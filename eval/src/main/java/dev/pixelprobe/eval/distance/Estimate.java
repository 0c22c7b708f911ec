package dev.pixelprobe.eval.distance;

import org.jspecify.annotations.Nullable;

/**
 * A metric's value and how sure it is.
 *
 * @param deviation over subsets or splits; null with a single one
 * @param ci95 null where no interval was asked for
 */
public record Estimate(double value, @Nullable Double deviation, @Nullable Interval ci95) {}
