package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.RgbImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** Id, label, height, width, then height * width * 3 bytes of RGB. */
public final class LabelledImageCoder extends AtomicCoder<LabelledImage> {
  private static final LabelledImageCoder INSTANCE = new LabelledImageCoder();
  private static final VarIntCoder INT = VarIntCoder.of();

  private LabelledImageCoder() {}

  public static LabelledImageCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(LabelledImage value, OutputStream out) throws IOException {
    ImageIdCoder.of().encode(value.id(), out);
    INT.encode(value.label(), out);
    INT.encode(value.image().height(), out);
    INT.encode(value.image().width(), out);
    out.write(value.image().bytes());
  }

  @Override
  public LabelledImage decode(InputStream in) throws IOException {
    ImageId id = ImageIdCoder.of().decode(in);
    int label = INT.decode(in);
    int height = INT.decode(in);
    int width = INT.decode(in);
    byte[] rgb = in.readNBytes(height * width * 3);
    if (rgb.length < height * width * 3) {
      throw new EOFException("image " + id + ": the encoded pixels end early");
    }
    return new LabelledImage(id, label, RgbImage.wrap(height, width, rgb));
  }
}
