package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.distance.MomentsBand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;

/** How many bytes, then {@link MomentsBand#toBytes}. */
final class MomentsBandCoder extends AtomicCoder<MomentsBand> {
  private static final MomentsBandCoder INSTANCE = new MomentsBandCoder();

  private MomentsBandCoder() {}

  static MomentsBandCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(MomentsBand band, OutputStream out) throws IOException {
    ByteArrayCoder.of().encode(band.toBytes(), out);
  }

  @Override
  public MomentsBand decode(InputStream in) throws IOException {
    return MomentsBand.ofBytes(ByteArrayCoder.of().decode(in));
  }
}
