package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes JPEG, PNG and whatever else Java reads into 8-bit RGB. Sample values are taken as they
 * are stored, as PIL does: no colour profile is applied and alpha is dropped.
 */
final class ImageDecoder {
  /** A header may promise more pixels than memory holds: 64 megapixels decode to 192 MiB. */
  static final long MAX_PIXELS = 64L << 20;

  static {
    ImageIO.setUseCache(false);
  }

  private ImageDecoder() {}

  static RgbImage decode(byte[] encoded) throws UnreadableRecordException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnreadableRecordException(
            "expected a JPEG or PNG image, got %d bytes that begin with %s"
                .formatted(encoded.length, start(encoded)));
      }
      return Samples.rgb(read(readers.next(), in));
    } catch (IOException | RuntimeException e) {
      // Java's decoders meet damaged files with exceptions of many kinds.
      throw new UnreadableRecordException("the image cannot be decoded: " + e.getMessage(), e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in)
      throws IOException, UnreadableRecordException {
    try {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MAX_PIXELS) {
        throw new UnreadableRecordException(
            "expected an image of at most %d pixels, got %d x %d"
                .formatted(MAX_PIXELS, reader.getWidth(0), reader.getHeight(0)));
      }
      Damage damage = new Damage();
      reader.addIIOReadWarningListener(damage::note);
      BufferedImage image = reader.read(0);
      damage.check();
      return image;
    } finally {
      reader.dispose();
    }
  }

  private static String start(byte[] encoded) {
    return HexFormat.of().formatHex(Arrays.copyOf(encoded, Math.min(4, encoded.length)));
  }

  /** The JPEG decoder fills what is missing with grey and only warns. */
  private static final class Damage {
    private String warning = "";

    private void note(ImageReader reader, String text) {
      if (text.startsWith("Premature end") || text.startsWith("Corrupt JPEG data")) {
        warning = text;
      }
    }

    private void check() throws IIOException {
      if (!warning.isEmpty()) {
        throw new IIOException(warning);
      }
    }
  }
}
