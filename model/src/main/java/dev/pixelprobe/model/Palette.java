package dev.pixelprobe.model;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The K colours that Image GPT knows: K x 3 float32 (red, green, blue) in [-1, 1], where a pixel p
 * of 0..255 stands at {@code p / 127.5 - 1}. A token is a row of it. Immutable.
 */
public final class Palette {
  /** K-means centres may pass the cube's faces by rounding only. */
  private static final float TOLERANCE = 1e-4f;

  private final float[] values;

  private Palette(float[] values) {
    this.values = values;
  }

  /**
   * The palette with these colours.
   *
   * @param values K x 3 in [-1, 1], row-major; K in 2..32767
   * @param source named in messages: the file the values came from
   * @throws InvalidInputException if there are too few or too many colours, or one is out of range
   */
  public static Palette of(float[] values, String source) {
    int colours = values.length / 3;
    if (values.length % 3 != 0 || colours < 2 || colours > Short.MAX_VALUE) {
      throw new InvalidInputException(
          "palette %s: expected 2..%d colours of 3 values, got %d values; pass the RGB clusters"
              .formatted(source, Short.MAX_VALUE, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]) <= 1 + TOLERANCE)) {
        throw new InvalidInputException(
            "palette %s: expected values in [-1, 1], got %s at row %d; scale pixels by p / 127.5 - 1"
                .formatted(source, values[i], i / 3));
      }
    }
    return new Palette(values.clone());
  }

  /**
   * Reads a (K, 3) array of float32 or float64.
   *
   * @throws InvalidInputException if the file is not such an array, or its values no palette
   */
  public static Palette read(Path file) throws IOException {
    try (NpyReader reader = NpyReader.open(file)) {
      reader.shape().require("(K, 3)", "palette " + file, "pass the RGB clusters");
      float[] values =
          reader.next(Short.MAX_VALUE + 1).map(NpyArray::toFloats).orElse(new float[0]);
      return of(values, file.toString());
    }
  }

  /** Writes a (K, 3) float32 array. */
  public void write(Path file) throws IOException {
    NpyArray.of(values, size(), 3).write(file);
  }

  /** Number of colours K. */
  public int size() {
    return values.length / 3;
  }

  /** One channel (0 red, 1 green, 2 blue) of one colour, in [-1, 1]. */
  public float at(int token, int channel) {
    return values[token * 3 + channel];
  }

  /** All values, K x 3 row-major. */
  public float[] toArray() {
    return values.clone();
  }

  /** The colour as 0xRRGGBB: {@code rint(127.5 * (c + 1))} in float32, halves to even. */
  public int toRgb(int token) {
    return (channelByte(token, 0) << 16) | (channelByte(token, 1) << 8) | channelByte(token, 2);
  }

  private int channelByte(int token, int channel) {
    float scaled = 127.5f * (at(token, channel) + 1f);
    return (int) Math.max(0, Math.min(255, Math.rint(scaled)));
  }

  /** SHA-256 of the little-endian float32 values, in hex: names the palette in reports. */
  public String digest() {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Sha256.hex(bytes.array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Palette that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Palette[%d colours]".formatted(size());
  }
}
