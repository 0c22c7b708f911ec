package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.RgbImage;

/**
 * One image of a data set.
 *
 * @param label class index, from 0
 */
public record LabelledImage(ImageId id, int label, RgbImage image) {}
