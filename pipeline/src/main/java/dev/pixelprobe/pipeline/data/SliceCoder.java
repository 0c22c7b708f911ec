package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Split, shard, first record, count, entries. */
final class SliceCoder extends AtomicCoder<Slice> {
  private static final SliceCoder INSTANCE = new SliceCoder();
  private static final StringUtf8Coder STRING = StringUtf8Coder.of();
  private static final VarLongCoder LONG = VarLongCoder.of();
  private static final Coder<List<String>> STRINGS = ListCoder.of(StringUtf8Coder.of());

  private SliceCoder() {}

  static SliceCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Slice slice, OutputStream out) throws IOException {
    SplitCoder.encode(slice.split(), out);
    STRING.encode(slice.shard(), out);
    LONG.encode(slice.firstRecord(), out);
    LONG.encode(slice.count(), out);
    STRINGS.encode(slice.entries(), out);
  }

  @Override
  public Slice decode(InputStream in) throws IOException {
    return new Slice(
        SplitCoder.decode(in),
        STRING.decode(in),
        LONG.decode(in),
        LONG.decode(in),
        STRINGS.decode(in));
  }
}
