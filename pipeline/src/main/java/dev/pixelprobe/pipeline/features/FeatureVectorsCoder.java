package dev.pixelprobe.pipeline.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;

/** How many bytes, then the values as big-endian float32. */
public final class FeatureVectorsCoder extends AtomicCoder<FeatureVectors> {
  private static final FeatureVectorsCoder INSTANCE = new FeatureVectorsCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private FeatureVectorsCoder() {}

  public static FeatureVectorsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(FeatureVectors features, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(features.size() * Float.BYTES);
    bytes.asFloatBuffer().put(features.values());
    BYTES.encode(bytes.array(), out);
  }

  @Override
  public FeatureVectors decode(InputStream in) throws IOException {
    byte[] bytes = BYTES.decode(in);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return FeatureVectors.wrap(values);
  }
}
