package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.Tokens;

/**
 * An image that the model drew.
 *
 * @param index from 0
 * @param tokens n_px x n_px palette indices
 */
public record SampledImage(long index, Tokens tokens) {}
