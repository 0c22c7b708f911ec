package dev.pixelprobe.eval;

/**
 * A class of which rows were taken for another.
 *
 * @param count how many rows
 */
public record ConfusedPair(int label, int predicted, int count) {}
