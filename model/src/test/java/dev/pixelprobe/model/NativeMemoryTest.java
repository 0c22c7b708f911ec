package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;

/**
 * Inference again and again in one JVM: whatever is native is given back, run by run, and not only
 * when the garbage collector comes by.
 */
final class NativeMemoryTest {
  private static final int RUNS = 20;
  private static final int FIRST = 2;
  private static final int IMAGES = 256;
  private static final Architecture ARCHITECTURE = new Architecture(12, 24, 3, 3, 40, 20, 1e-5);

  /** Logits of all images: the largest tensor that crosses to Java, 2.8 MiB. */
  private static final long TENSOR_BYTES =
      (long) Float.BYTES * IMAGES * ARCHITECTURE.positions() * ARCHITECTURE.colours();

  @TempDir Path dir;

  @Test
  void noTensorIsLeftOpen() throws IOException {
    try (ImageGpt gpt = open()) {
      assertThat(growth(() -> infer(gpt, 1), Pointer::totalCount)).isLessThanOrEqualTo(0);
    }
  }

  @Test
  void aTensorThatIsLeftOpenIsNoticed() throws IOException {
    List<TInt32> forgotten = new ArrayList<>();
    try (ImageGpt gpt = open()) {
      Runnable leaky =
          () -> {
            infer(gpt, 1);
            forgotten.add(TInt32.tensorOf(Shape.of(1)));
          };

      assertThat(growth(leaky, Pointer::totalCount)).isGreaterThanOrEqualTo(RUNS - FIRST);
    } finally {
      forgotten.forEach(TInt32::close);
    }
  }

  @Test
  void theProcessDoesNotGrow() throws IOException {
    try (ImageGpt gpt = open()) {
      assertThat(growth(() -> infer(gpt, IMAGES), NativeMemoryTest::residentBytes))
          .isLessThan(TENSOR_BYTES * (RUNS - FIRST) / 3);
    }
  }

  @Test
  void aProcessThatGrowsByATensorEachRunIsNoticed() throws IOException {
    List<TInt32> forgotten = new ArrayList<>();
    try (ImageGpt gpt = open()) {
      Runnable leaky =
          () -> {
            infer(gpt, IMAGES);
            TInt32 tensor = TInt32.tensorOf(Shape.of(TENSOR_BYTES / Integer.BYTES));
            touch(tensor);
            forgotten.add(tensor);
          };

      assertThat(growth(leaky, NativeMemoryTest::residentBytes))
          .isGreaterThan(TENSOR_BYTES * (RUNS - FIRST) * 2 / 3);
    } finally {
      forgotten.forEach(TInt32::close);
    }
  }

  /** How far the last runs lie above the first. */
  private static long growth(Runnable inference, LongSupplier memory) {
    System.gc(); // what earlier tests left is not to be counted as given back
    long[] after =
        LongStream.generate(
                () -> {
                  inference.run();
                  return memory.getAsLong();
                })
            .limit(RUNS)
            .toArray();
    long first = LongStream.of(after).limit(FIRST).max().orElseThrow();
    return LongStream.of(after).skip(RUNS - 1).max().orElseThrow() - first;
  }

  /** Java's garbage is collected before, so that its heap touches the same pages in every run. */
  private static long residentBytes() {
    System.gc();
    return Pointer.physicalBytes();
  }

  private static void touch(TInt32 tensor) {
    for (long i = 0; i < tensor.size(); i += 1024) {
      tensor.setInt(1, i);
    }
  }

  private ImageGpt open() throws IOException {
    Path model = dir.resolve("model");
    SavedModelWriter.write(
        "m", ARCHITECTURE, new RandomWeights(), Optional.empty(), Resample.BOX, model);
    return ImageGpt.open(model, 2);
  }

  private static void infer(ImageGpt gpt, int count) {
    List<Tokens> images =
        Stream.generate(() -> Tokens.wrap(new short[ARCHITECTURE.positions()]))
            .limit(count)
            .toList();
    LayerFeature deepest = new LayerFeature(LayerFeature.Kind.LN_1, ARCHITECTURE.nLayer());
    gpt.run(images, new ForwardPass.Query(List.of(deepest), InputReading.SOS, true));
    gpt.logits(images, InputReading.SOS);
  }
}
