package dev.pixelprobe.model.checkpoint.tensor;

import java.util.List;

/**
 * Where one tensor's bytes are: row-major and little-endian.
 *
 * @param shape dimensions, outermost first
 * @param begin first byte, counted from the file's start
 * @param end byte after the last
 */
public record TensorInfo(String name, TensorDType dtype, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  long elements() {
    return (end - begin) / dtype.bytes();
  }
}
