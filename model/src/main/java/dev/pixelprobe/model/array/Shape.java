package dev.pixelprobe.model.array;

import dev.pixelprobe.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An array's dimensions, outermost first; none for a scalar.
 *
 * @param dims each at least 0
 */
public record Shape(List<Integer> dims) {
  public Shape {
    dims = List.copyOf(dims);
    if (dims.stream().anyMatch(dim -> dim < 0)) {
      throw new IllegalArgumentException("shape: expected dimensions >= 0, got " + dims);
    }
  }

  public static Shape of(int... dims) {
    return new Shape(IntStream.of(dims).boxed().toList());
  }

  public int rank() {
    return dims.size();
  }

  public int dim(int axis) {
    return dims.get(axis);
  }

  /**
   * The product of all dimensions.
   *
   * @throws ArithmeticException if it passes 2^63 - 1
   */
  public long elements() {
    // A zero anywhere makes it zero, however large the others are.
    return dims.contains(0) ? 0 : dims.stream().mapToLong(d -> d).reduce(1, Math::multiplyExact);
  }

  /** The same but for the first dimension. */
  Shape withRows(int rows) {
    List<Integer> changed = new ArrayList<>(dims);
    changed.set(0, rows);
    return new Shape(changed);
  }

  /**
   * Fails unless this shape fits the pattern.
   *
   * @param pattern such as {@code (N, H, W, 3)}: numbers must agree, names stand for any number
   * @param what the array, for the message: "palette centers.npy"
   * @param advice what to do, for the message: "pass the RGB clusters"
   * @throws InvalidInputException if it does not fit
   */
  public void require(String pattern, String what, String advice) {
    if (!fits(pattern)) {
      throw new InvalidInputException(
          "%s: expected shape %s, got %s; %s".formatted(what, pattern, this, advice));
    }
  }

  private boolean fits(String pattern) {
    String[] wanted = pattern.replaceAll("[()\\s]", "").split(",", -1);
    return wanted.length == rank()
        && IntStream.range(0, rank())
            .allMatch(
                axis ->
                    !Character.isDigit(wanted[axis].charAt(0))
                        || wanted[axis].equals(String.valueOf(dim(axis))));
  }

  /** As Python writes a tuple: (), (5,), (5, 3). */
  @Override
  public String toString() {
    String inner = dims.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "(" + inner + (rank() == 1 ? ",)" : ")");
  }
}
