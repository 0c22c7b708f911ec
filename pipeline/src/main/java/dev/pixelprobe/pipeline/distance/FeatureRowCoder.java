package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.pipeline.features.FeatureVectorsCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Hash (8 bytes), id, features, logits. */
final class FeatureRowCoder extends AtomicCoder<FeatureRow> {
  private static final FeatureRowCoder INSTANCE = new FeatureRowCoder();
  private static final BigEndianLongCoder LONGS = BigEndianLongCoder.of();
  private static final StringUtf8Coder STRINGS = StringUtf8Coder.of();
  private static final FeatureVectorsCoder VECTORS = FeatureVectorsCoder.of();

  private FeatureRowCoder() {}

  static FeatureRowCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(FeatureRow row, OutputStream out) throws IOException {
    LONGS.encode(row.hash(), out);
    STRINGS.encode(row.id(), out);
    VECTORS.encode(row.features(), out);
    VECTORS.encode(row.logits(), out);
  }

  @Override
  public FeatureRow decode(InputStream in) throws IOException {
    return new FeatureRow(
        LONGS.decode(in), STRINGS.decode(in), VECTORS.decode(in), VECTORS.decode(in));
  }
}
