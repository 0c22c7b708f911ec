package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.significance.Difference;
import org.jspecify.annotations.Nullable;

/**
 * A figure beside what it was.
 *
 * @param difference null if the two cannot be compared
 * @param adjustedP for all figures compared at once; null likewise
 * @param note why they cannot be; empty otherwise
 */
public record FigureChange(
    Figure before,
    Figure after,
    @Nullable Difference difference,
    @Nullable Double adjustedP,
    Verdict verdict,
    String note) {}
