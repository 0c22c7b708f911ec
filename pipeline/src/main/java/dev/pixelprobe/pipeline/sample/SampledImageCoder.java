package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.Tokens;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Index and number of tokens, then one big-endian int16 per token. */
final class SampledImageCoder extends AtomicCoder<SampledImage> {
  private static final SampledImageCoder INSTANCE = new SampledImageCoder();

  private SampledImageCoder() {}

  static SampledImageCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SampledImage image, OutputStream out) throws IOException {
    VarLongCoder.of().encode(image.index(), out);
    VarIntCoder.of().encode(image.tokens().size(), out);
    ByteBuffer tokens = ByteBuffer.allocate(image.tokens().size() * Short.BYTES);
    tokens.asShortBuffer().put(image.tokens().toArray());
    out.write(tokens.array());
  }

  @Override
  public SampledImage decode(InputStream in) throws IOException {
    long index = VarLongCoder.of().decode(in);
    short[] tokens = new short[VarIntCoder.of().decode(in)];
    byte[] bytes = in.readNBytes(tokens.length * Short.BYTES);
    if (bytes.length < tokens.length * Short.BYTES) {
      throw new EOFException("sample " + index + ": the encoded tokens end early");
    }
    ByteBuffer.wrap(bytes).asShortBuffer().get(tokens);
    return new SampledImage(index, Tokens.wrap(tokens));
  }
}
