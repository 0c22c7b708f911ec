package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.Split;

/**
 * One image as the model saw it, or a small view of that, and what the model made of it: one row of
 * a feature set.
 *
 * @param id {@code dataset/split/file#record}
 * @param label class index, from 0
 * @param tokens the palette indices of {@code pixels}
 * @param pixels resized to a small square
 * @param natsPerToken mean cross-entropy of the image's tokens; NaN where it was not scored
 */
public record ImageFeatures(
    String id,
    Split split,
    int label,
    Tokens tokens,
    RgbImage pixels,
    float natsPerToken,
    FeatureVectors features) {}
