package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.ImageId;

/**
 * An image as the model reads it.
 *
 * @param label class index, from 0
 * @param pixels resized to n_px x n_px
 * @param tokens the palette indices of {@code pixels}
 */
public record TokenizedImage(ImageId id, int label, RgbImage pixels, Tokens tokens) {}
