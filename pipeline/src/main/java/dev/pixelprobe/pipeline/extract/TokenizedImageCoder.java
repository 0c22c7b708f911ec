package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.LabelledImageCoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;

/** The resized image as a {@link LabelledImage}, then one big-endian int16 per token. */
final class TokenizedImageCoder extends AtomicCoder<TokenizedImage> {
  private static final TokenizedImageCoder INSTANCE = new TokenizedImageCoder();

  private TokenizedImageCoder() {}

  static TokenizedImageCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TokenizedImage image, OutputStream out) throws IOException {
    LabelledImageCoder.of()
        .encode(new LabelledImage(image.id(), image.label(), image.pixels()), out);
    ByteBuffer tokens = ByteBuffer.allocate(image.tokens().size() * Short.BYTES);
    tokens.asShortBuffer().put(image.tokens().toArray());
    out.write(tokens.array());
  }

  @Override
  public TokenizedImage decode(InputStream in) throws IOException {
    LabelledImage labelled = LabelledImageCoder.of().decode(in);
    RgbImage pixels = labelled.image();
    short[] tokens = new short[pixels.height() * pixels.width()];
    byte[] bytes = in.readNBytes(tokens.length * Short.BYTES);
    if (bytes.length < tokens.length * Short.BYTES) {
      throw new EOFException("image " + labelled.id() + ": the encoded tokens end early");
    }
    ByteBuffer.wrap(bytes).asShortBuffer().get(tokens);
    return new TokenizedImage(labelled.id(), labelled.label(), pixels, Tokens.wrap(tokens));
  }
}
