package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Prepared images as the tensor that an encoder takes. */
final class ImageTensors {
  private static final int CHANNELS = 3;

  private ImageTensors() {}

  /** The caller closes it. */
  static Tensor of(List<RgbImage> images, ImageInput input) {
    if (input.kind().isEncoded()) {
      return pngs(images, input.kind() == ImageInput.Kind.ENCODED_COLUMN);
    }
    boolean resized = input.resize().isFloat();
    int height = resized ? input.size() : heightOf(images);
    int width = resized ? input.size() : images.get(0).width();
    Shape shape =
        input.channelsFirst()
            ? Shape.of(images.size(), CHANNELS, height, width)
            : Shape.of(images.size(), height, width, CHANNELS);
    if (input.kind() == ImageInput.Kind.UINT8) {
      return TUint8.tensorOf(shape, DataBuffers.of(bytes(images, input)));
    }
    float[] values = resized ? resized(images, input) : floats(images, input);
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  private static int heightOf(List<RgbImage> images) {
    RgbImage first = images.get(0);
    for (RgbImage image : images) {
      if (image.height() != first.height() || image.width() != first.width()) {
        throw new InvalidInputException(
            "batch of images that are not resized: expected one size, got %d x %d and %d x %d; choose another way of resizing"
                .formatted(first.height(), first.width(), image.height(), image.width()));
      }
    }
    return first.height();
  }

  private static float[] resized(List<RgbImage> images, ImageInput input) {
    int plane = input.size() * input.size();
    float[] values = new float[Math.multiplyExact(images.size(), plane * CHANNELS)];
    for (int image = 0; image < images.size(); image++) {
      float[] rgb = input.resize().floats(images.get(image), input.size());
      int begin = image * plane * CHANNELS;
      for (int i = 0; i < rgb.length; i++) {
        int at = input.channelsFirst() ? i % CHANNELS * plane + i / CHANNELS : i;
        values[begin + at] = input.scaled(rgb[i], i % CHANNELS);
      }
    }
    return values;
  }

  private static float[] floats(List<RgbImage> images, ImageInput input) {
    byte[] pixels = bytes(images, input);
    int plane = images.get(0).height() * images.get(0).width();
    float[][] tables = {input.table(0), input.table(1), input.table(2)};
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      int channel = input.channelsFirst() ? i / plane % CHANNELS : i % CHANNELS;
      values[i] = tables[channel][pixels[i] & 0xff];
    }
    return values;
  }

  private static byte[] bytes(List<RgbImage> images, ImageInput input) {
    int plane = images.get(0).height() * images.get(0).width();
    byte[] all = new byte[Math.multiplyExact(images.size(), plane * CHANNELS)];
    for (int image = 0; image < images.size(); image++) {
      byte[] rgb = images.get(image).bytes();
      int begin = image * plane * CHANNELS;
      for (int i = 0; i < rgb.length; i++) {
        int at = input.channelsFirst() ? i % CHANNELS * plane + i / CHANNELS : i;
        all[begin + at] = rgb[i];
      }
    }
    return all;
  }

  private static TString pngs(List<RgbImage> images, boolean column) {
    Shape shape = column ? Shape.of(images.size(), 1) : Shape.of(images.size());
    NdArray<byte[]> files = NdArrays.ofObjects(byte[].class, shape);
    for (int image = 0; image < images.size(); image++) {
      byte[] png = png(images.get(image));
      if (column) {
        files.setObject(png, image, 0);
      } else {
        files.setObject(png, image);
      }
    }
    return TString.tensorOfBytes(files);
  }

  private static byte[] png(RgbImage image) {
    BufferedImage pixels =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int rgb = image.at(y, x, 0) << 16 | image.at(y, x, 1) << 8 | image.at(y, x, 2);
        pixels.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      if (!ImageIO.write(pixels, "png", file)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new IllegalStateException("a byte array takes all that is written", e);
    }
    return file.toByteArray();
  }
}
