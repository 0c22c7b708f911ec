package dev.pixelprobe.eval.significance;

import dev.pixelprobe.eval.distance.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What a test says of two measurements.
 *
 * @param test its name, for people
 * @param value the later minus the earlier
 * @param ci95 of that; null where the test gives none
 * @param pValue two-sided: how often chance alone would make a difference as large
 */
public record Difference(String test, double value, @Nullable Interval ci95, double pValue) {}
