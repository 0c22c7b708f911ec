package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Reads a slice in a pipeline, whose metrics count what comes of it. */
final class CountedReading {
  private static final Counter IMAGES_READ = Metrics.counter(ReadImages.class, "images_read");
  private static final Counter LETTERS = Metrics.counter(ReadImages.class, "dead_letters");

  private CountedReading() {}

  static void read(
      SliceReader reader, Slice slice, Consumer<LabelledImage> images, Consumer<DeadLetter> letters)
      throws IOException {
    try {
      reader.read(
          slice,
          new SliceReader.Output() {
            @Override
            public void image(LabelledImage image) {
              IMAGES_READ.inc();
              images.accept(image);
            }

            @Override
            public void deadLetter(DeadLetter letter) {
              LETTERS.inc();
              letters.accept(letter);
            }
          });
    } catch (InvalidInputException e) {
      throw new SuppressRestartsException(e); // Flink would try again in vain
    }
  }
}
