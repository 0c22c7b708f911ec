package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.kmeans.Clusters;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** The palette, then each cluster's sums: see {@link Clusters#writeTo}. */
final class ClustersCoder extends AtomicCoder<Clusters> {
  private static final ClustersCoder INSTANCE = new ClustersCoder();

  private ClustersCoder() {}

  static ClustersCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Clusters value, OutputStream out) throws IOException {
    value.writeTo(new DataOutputStream(out));
  }

  @Override
  public Clusters decode(InputStream in) throws IOException {
    return Clusters.readFrom(new DataInputStream(in));
  }
}
