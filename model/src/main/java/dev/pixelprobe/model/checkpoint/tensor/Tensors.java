package dev.pixelprobe.model.checkpoint.tensor;

import dev.pixelprobe.model.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Tensors by name in a file, or in several that belong together; read one at a time. */
public interface Tensors extends Closeable {
  /** The file that lists them, as messages name it. */
  Path file();

  Set<String> names();

  /**
   * One tensor's dimensions, outermost first.
   *
   * @throws InvalidInputException if there is no such tensor
   */
  List<Long> shape(String name);

  /**
   * One tensor's values, row-major, as float32.
   *
   * @throws InvalidInputException if there is no such tensor, its type is not a floating one, it
   *     has more elements than an array can hold, or its bytes are damaged
   */
  float[] read(String name) throws IOException;

  /**
   * {@link #read}, and every value is finite.
   *
   * @throws InvalidInputException also where one is not
   */
  default float[] readFinite(String name) throws IOException {
    float[] values = read(name);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            "%s: %s: expected finite values, got %s at element %d; the training diverged"
                .formatted(file(), name, values[i], i));
      }
    }
    return values;
  }

  /**
   * Fails unless the tensor has this shape.
   *
   * @param advice what to do about it
   */
  default void requireShape(String name, List<Long> expected, String advice) {
    if (!shape(name).equals(expected)) {
      throw new InvalidInputException(
          "%s: %s: expected shape %s, got %s; %s"
              .formatted(file(), name, expected, shape(name), advice));
    }
  }
}
