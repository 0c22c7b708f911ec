package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Data set, split (0 train, 1 test), shard, entry, record. */
public final class ImageIdCoder extends AtomicCoder<ImageId> {
  private static final ImageIdCoder INSTANCE = new ImageIdCoder();
  private static final StringUtf8Coder STRING = StringUtf8Coder.of();
  private static final VarLongCoder LONG = VarLongCoder.of();

  private ImageIdCoder() {}

  public static ImageIdCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ImageId id, OutputStream out) throws IOException {
    STRING.encode(id.dataset(), out);
    SplitCoder.encode(id.split(), out);
    STRING.encode(id.shard(), out);
    STRING.encode(id.entry(), out);
    LONG.encode(id.record(), out);
  }

  @Override
  public ImageId decode(InputStream in) throws IOException {
    return new ImageId(
        STRING.decode(in),
        SplitCoder.decode(in),
        STRING.decode(in),
        STRING.decode(in),
        LONG.decode(in));
  }
}
