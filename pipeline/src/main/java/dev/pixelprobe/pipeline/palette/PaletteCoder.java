package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.Palette;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** How many colours as an int32, then their values as float32, big-endian. */
final class PaletteCoder extends AtomicCoder<Palette> {
  private static final PaletteCoder INSTANCE = new PaletteCoder();

  private PaletteCoder() {}

  static PaletteCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Palette value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(value.size());
    for (float number : value.toArray()) {
      data.writeFloat(number);
    }
  }

  @Override
  public Palette decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    float[] values = new float[data.readInt() * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.readFloat();
    }
    return Palette.of(values, "encoded");
  }
}
