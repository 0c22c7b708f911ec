package dev.pixelprobe.model.encoder;

import java.io.Serializable;

/**
 * An output of an encoder, pooled to a vector per image.
 *
 * @param name in the signature
 * @param dim width of the vector
 */
public record EncoderOutput(String name, int dim) implements Serializable {}
