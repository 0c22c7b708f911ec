package dev.pixelprobe.model.checkpoint.torch;

import java.util.List;

/**
 * A view of a storage, as a pickle describes it; nothing of it is checked but the signs.
 *
 * @param offset its first element in the storage
 * @param size dimensions, outermost first
 * @param stride elements from one index to the next, for each dimension
 */
record TorchTensor(TorchStorage storage, long offset, List<Long> size, List<Long> stride) {
  /** As PyTorch itself. */
  static final int MAX_RANK = 64;

  TorchTensor {
    size = List.copyOf(size);
    stride = List.copyOf(stride);
  }

  /** How many elements it shows. */
  long elements() throws ArithmeticException {
    long elements = 1;
    for (long length : size) {
      if (length == 0) {
        return 0;
      }
      elements = Math.multiplyExact(elements, length);
    }
    return elements;
  }

  /** Whether its elements lie side by side in row-major order. */
  boolean isContiguous() {
    long expected = 1;
    for (int axis = size.size() - 1; axis >= 0; axis--) {
      if (size.get(axis) != 1 && stride.get(axis) != expected) {
        return false;
      }
      expected *= size.get(axis);
    }
    return true;
  }
}
