package dev.pixelprobe.model;

/**
 * Turns images into the tokens that Image GPT reads: resize to a square of {@code nPx} pixels, then
 * the nearest palette colour of each pixel p, scaled to {@code p / 127.5 - 1}. Thread-safe.
 */
public final class Tokenizer {
  private final Palette palette;
  private final NearestColour nearest;
  private final int nPx;
  private final Resample filter;

  /** Makes a tokenizer; it costs little, but gets faster with the images it has seen. */
  public Tokenizer(Palette palette, int nPx, Resample filter) {
    if (nPx < 1) {
      throw new IllegalArgumentException("nPx: expected > 0, got " + nPx);
    }
    this.palette = palette;
    this.nearest = new NearestColour(palette);
    this.nPx = nPx;
    this.filter = filter;
  }

  /** Side of the square that is tokenized, in pixels. */
  public int nPx() {
    return nPx;
  }

  /** Resizes and quantizes: {@code nPx * nPx} tokens. */
  public Tokens tokenize(RgbImage image) {
    return quantize(resize(image));
  }

  /** The pixels that {@link #tokenize} quantizes: the whole image, squeezed to a square. */
  public RgbImage resize(RgbImage image) {
    return Resizer.resize(image, nPx, nPx, filter);
  }

  /** The nearest colour of each pixel, without resizing; of equally near ones the first. */
  public Tokens quantize(RgbImage image) {
    byte[] rgb = image.bytes();
    short[] tokens = new short[rgb.length / 3];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = nearest.of(rgb[i * 3] & 0xff, rgb[i * 3 + 1] & 0xff, rgb[i * 3 + 2] & 0xff);
    }
    return Tokens.wrap(tokens);
  }

  /**
   * The image that {@code nPx * nPx} tokens stand for.
   *
   * @throws InvalidInputException if there are more or fewer tokens, or one is not in the palette
   */
  public RgbImage untokenize(Tokens tokens) {
    if (tokens.size() != nPx * nPx) {
      throw new InvalidInputException(
          "tokens: expected %d for %d x %d pixels, got %d"
              .formatted(nPx * nPx, nPx, nPx, tokens.size()));
    }
    byte[] rgb = new byte[tokens.size() * 3];
    for (int i = 0; i < tokens.size(); i++) {
      int colour = palette.toRgb(checked(tokens.get(i), i));
      rgb[i * 3] = (byte) (colour >> 16);
      rgb[i * 3 + 1] = (byte) (colour >> 8);
      rgb[i * 3 + 2] = (byte) colour;
    }
    return RgbImage.wrap(nPx, nPx, rgb);
  }

  private int checked(int token, int position) {
    if (token < 0 || token >= palette.size()) {
      throw new InvalidInputException(
          "tokens: expected 0..%d, got %d at position %d; use the palette they were made with"
              .formatted(palette.size() - 1, token, position));
    }
    return token;
  }
}
