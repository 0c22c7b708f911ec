package dev.pixelprobe.model;

import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Images to test with. */
final class Images {
  private Images() {}

  static RgbImage grey(int height, int width, int... values) {
    byte[] rgb = new byte[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return RgbImage.wrap(height, width, rgb);
  }

  /** The images of a uint8 (N, H, W, 3) file. */
  static List<RgbImage> read(Path file) throws IOException {
    NpyArray array = NpyArray.read(file);
    array.shape().require("(N, H, W, 3)", "images " + file, "pass RGB images");
    int height = array.shape().dim(1);
    int width = array.shape().dim(2);
    int size = height * width * 3;
    byte[] all = array.toBytes();
    return IntStream.range(0, array.shape().dim(0))
        .mapToObj(i -> Arrays.copyOfRange(all, i * size, (i + 1) * size))
        .map(rgb -> RgbImage.wrap(height, width, rgb))
        .toList();
  }
}
