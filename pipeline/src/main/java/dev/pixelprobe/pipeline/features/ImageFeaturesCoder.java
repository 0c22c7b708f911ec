package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.FloatCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** Id, split, label, tokens, height, pixels, nats per token and features, in that order. */
public final class ImageFeaturesCoder extends AtomicCoder<ImageFeatures> {
  private static final ImageFeaturesCoder INSTANCE = new ImageFeaturesCoder();
  private static final StringUtf8Coder STRINGS = StringUtf8Coder.of();
  private static final VarIntCoder INTS = VarIntCoder.of();
  private static final FloatCoder FLOATS = FloatCoder.of();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private ImageFeaturesCoder() {}

  public static ImageFeaturesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ImageFeatures row, OutputStream out) throws IOException {
    STRINGS.encode(row.id(), out);
    STRINGS.encode(row.split().name(), out);
    INTS.encode(row.label(), out);
    BYTES.encode(toBytes(row.tokens()), out);
    INTS.encode(row.pixels().height(), out);
    BYTES.encode(row.pixels().bytes(), out);
    FLOATS.encode(row.natsPerToken(), out);
    FeatureVectorsCoder.of().encode(row.features(), out);
  }

  @Override
  public ImageFeatures decode(InputStream in) throws IOException {
    return new ImageFeatures(
        STRINGS.decode(in),
        Split.valueOf(STRINGS.decode(in)),
        INTS.decode(in),
        tokens(BYTES.decode(in)),
        pixels(INTS.decode(in), BYTES.decode(in)),
        FLOATS.decode(in),
        FeatureVectorsCoder.of().decode(in));
  }

  private static byte[] toBytes(Tokens tokens) {
    ByteBuffer bytes = ByteBuffer.allocate(tokens.size() * Short.BYTES);
    bytes.asShortBuffer().put(tokens.toArray());
    return bytes.array();
  }

  private static Tokens tokens(byte[] bytes) {
    short[] values = new short[bytes.length / Short.BYTES];
    ByteBuffer.wrap(bytes).asShortBuffer().get(values);
    return Tokens.wrap(values);
  }

  private static RgbImage pixels(int height, byte[] rgb) {
    return RgbImage.wrap(height, rgb.length / (3 * height), rgb);
  }
}
