package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StructuredCoder;

/** Images, then dead letters. */
public final class BatchCoder<T> extends StructuredCoder<Batch<T>> {
  private static final Coder<List<DeadLetter>> LETTERS = ListCoder.of(DeadLetterCoder.of());

  private final Coder<T> image;
  private final Coder<List<T>> images;

  private BatchCoder(Coder<T> image) {
    this.image = image;
    this.images = ListCoder.of(image);
  }

  public static <T> BatchCoder<T> of(Coder<T> image) {
    return new BatchCoder<>(image);
  }

  @Override
  public void encode(Batch<T> batch, OutputStream out) throws IOException {
    images.encode(batch.images(), out);
    LETTERS.encode(batch.deadLetters(), out);
  }

  @Override
  public Batch<T> decode(InputStream in) throws IOException {
    return new Batch<>(images.decode(in), LETTERS.decode(in));
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(image);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    image.verifyDeterministic();
  }
}
