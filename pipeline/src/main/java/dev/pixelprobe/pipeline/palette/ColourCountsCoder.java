package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.kmeans.ColourCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** How many colours, then for each its distance from the one before and its count. */
final class ColourCountsCoder extends AtomicCoder<ColourCounts> {
  private static final ColourCountsCoder INSTANCE = new ColourCountsCoder();
  private static final VarIntCoder INT = VarIntCoder.of();
  private static final VarLongCoder LONG = VarLongCoder.of();

  private ColourCountsCoder() {}

  static ColourCountsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ColourCounts value, OutputStream out) throws IOException {
    INT.encode(value.size(), out);
    int before = 0;
    for (int i = 0; i < value.size(); i++) {
      INT.encode(value.colour(i) - before, out);
      LONG.encode(value.count(i), out);
      before = value.colour(i);
    }
  }

  @Override
  public ColourCounts decode(InputStream in) throws IOException {
    int[] colours = new int[INT.decode(in)];
    long[] counts = new long[colours.length];
    int before = 0;
    for (int i = 0; i < colours.length; i++) {
      before += INT.decode(in);
      colours[i] = before;
      counts[i] = LONG.decode(in);
    }
    return ColourCounts.wrap(colours, counts);
  }
}
