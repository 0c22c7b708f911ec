package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** The view, then the input's height and bytes. */
final class EncoderImageCoder extends AtomicCoder<EncoderImage> {
  private static final EncoderImageCoder INSTANCE = new EncoderImageCoder();

  private EncoderImageCoder() {}

  static EncoderImageCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(EncoderImage image, OutputStream out) throws IOException {
    TokenizedImageCoder.of().encode(image.view(), out);
    VarIntCoder.of().encode(image.input().height(), out);
    ByteArrayCoder.of().encode(image.input().bytes(), out);
  }

  @Override
  public EncoderImage decode(InputStream in) throws IOException {
    TokenizedImage view = TokenizedImageCoder.of().decode(in);
    int height = VarIntCoder.of().decode(in);
    byte[] rgb = ByteArrayCoder.of().decode(in);
    return new EncoderImage(view, RgbImage.wrap(height, rgb.length / (3 * height), rgb));
  }
}
