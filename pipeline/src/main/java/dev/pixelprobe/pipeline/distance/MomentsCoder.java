package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.distance.Moments;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;

/** How many bytes, then {@link Moments#toBytes}. */
final class MomentsCoder extends AtomicCoder<Moments> {
  private static final MomentsCoder INSTANCE = new MomentsCoder();

  private MomentsCoder() {}

  static MomentsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Moments moments, OutputStream out) throws IOException {
    ByteArrayCoder.of().encode(moments.toBytes(), out);
  }

  @Override
  public Moments decode(InputStream in) throws IOException {
    return Moments.ofBytes(ByteArrayCoder.of().decode(in));
  }
}
