package dev.pixelprobe.model;

import dev.pixelprobe.model.checkpoint.BundledModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Quantizing images of 32 x 32 pixels to 512 colours against a plain triple loop, in turns. Run it
 * by {@code bench/tokenize.sh}.
 */
final class BenchmarkTokenizer {
  private static final int SIDE = 32;
  private static final int IMAGES = 500;

  private final float[] palette;

  private BenchmarkTokenizer(Palette palette) {
    this.palette = palette.toArray();
  }

  /** Arguments: work directory, rounds. */
  public static void main(String[] args) throws IOException {
    Path dir = Path.of(args[0], "model");
    BundledModels.install(BundledModels.IGPT_XS_16PX, dir);
    Palette palette = Palette.read(SavedModelWriter.paletteIn(dir));
    new BenchmarkTokenizer(palette)
        .compare(new Tokenizer(palette, SIDE, Resample.BOX), Integer.parseInt(args[1]));
  }

  private void compare(Tokenizer tokenizer, int rounds) {
    List<RgbImage> images = images();
    if (!images.stream().map(tokenizer::quantize).toList().equals(plainly(images))) {
      throw new AssertionError("the tokens are not those of the plain loop");
    }
    System.out.printf("check: the tokens of %d images are the same%n", images.size());
    for (int round = 0; round < rounds; round++) {
      time("plain triple loop", () -> plainly(images));
      time("pixelprobe", () -> images.forEach(tokenizer::quantize));
    }
  }

  private List<Tokens> plainly(List<RgbImage> images) {
    return images.stream().map(this::plainly).toList();
  }

  private Tokens plainly(RgbImage image) {
    byte[] rgb = image.bytes();
    short[] tokens = new short[rgb.length / 3];
    for (int pixel = 0; pixel < tokens.length; pixel++) {
      double least = Double.POSITIVE_INFINITY;
      for (int colour = 0; colour < palette.length / 3; colour++) {
        double distance = 0;
        for (int channel = 0; channel < 3; channel++) {
          double scaled = (rgb[pixel * 3 + channel] & 0xff) / 127.5 - 1;
          double difference = scaled - palette[colour * 3 + channel];
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          tokens[pixel] = (short) colour;
        }
      }
    }
    return Tokens.wrap(tokens);
  }

  /** Noise around a colour of its own each, as photographs are nearer to than to plain noise. */
  private static List<RgbImage> images() {
    Random random = new Random(1);
    List<RgbImage> images = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      int mean = 40 + random.nextInt(176);
      byte[] rgb = new byte[SIDE * SIDE * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(mean + 40 * random.nextGaussian())));
      }
      images.add(RgbImage.wrap(SIDE, SIDE, rgb));
    }
    return images;
  }

  private static void time(String variant, Runnable body) {
    long begin = System.nanoTime();
    body.run();
    System.out.printf(Locale.ROOT, "%s\t%.6f%n", variant, (System.nanoTime() - begin) / 1e9);
  }
}
