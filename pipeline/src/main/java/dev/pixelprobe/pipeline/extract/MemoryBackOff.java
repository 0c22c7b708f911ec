package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.SavedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Halves batches that a device has no memory for, and remembers the largest that may be tried. How
 * a batch is cut depends on its size and that number alone, so a retry cuts it alike.
 */
final class MemoryBackOff {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryBackOff.class);

  /** How CUDA's libraries say it, whose errors TensorFlow passes on as internal. */
  private static final Pattern OF_CUDA =
      Pattern.compile("out of memory|OUT_OF_MEMORY|STATUS_ALLOC_FAILED", Pattern.CASE_INSENSITIVE);

  private final String model;
  private final AtomicInteger largest = new AtomicInteger(Integer.MAX_VALUE);

  /**
   * @param model and device, for messages
   */
  MemoryBackOff(String model) {
    this.model = model;
  }

  /** The largest batch that is tried. */
  int largest() {
    return largest.get();
  }

  /**
   * Runs a batch, in parts if need be.
   *
   * @throws IOException if there is no memory for a single record
   */
  <T, R> List<R> run(List<T> batch, Forward<T, R> forward) throws IOException {
    if (batch.size() <= largest.get()) {
      try {
        return forward.run(batch);
      } catch (TensorFlowException e) {
        if (!isOutOfMemory(e)) {
          throw e;
        }
        shrink(batch.size(), e);
      }
    }
    int middle = half(batch.size());
    List<R> results = new ArrayList<>(run(batch.subList(0, middle), forward));
    results.addAll(run(batch.subList(middle, batch.size()), forward));
    return results;
  }

  private void shrink(int size, TensorFlowException failure) throws IOException {
    String line = SavedModels.firstLine(failure);
    if (size == 1) {
      throw new IOException(
          "%s: expected memory for a batch of one, got: %s; free memory of the device, or pass --device cpu"
              .formatted(model, line),
          failure);
    }
    int now = largest.accumulateAndGet(half(size), Math::min);
    LOG.warn("{}: no memory for a batch of {}, at most {} from now on: {}", model, size, now, line);
  }

  private static int half(int size) {
    return (size + 1) / 2;
  }

  private static boolean isOutOfMemory(TensorFlowException failure) {
    return failure instanceof TFResourceExhaustedException
        || OF_CUDA.matcher(String.valueOf(failure.getMessage())).find();
  }
}
