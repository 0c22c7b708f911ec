package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.RgbImage;

/**
 * An image as an encoder reads it.
 *
 * @param view a small square of it with its palette indices, which the baselines read
 * @param input what enters the encoder
 */
record EncoderImage(TokenizedImage view, RgbImage input) {}
