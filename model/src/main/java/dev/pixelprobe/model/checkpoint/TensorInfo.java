package dev.pixelprobe.model.checkpoint;

import java.util.List;

/**
 * One entry of a safetensors header.
 *
 * @param begin first byte, counted from the file's start
 * @param end byte after the last
 */
record TensorInfo(String name, TensorDType dtype, List<Long> shape, long begin, long end) {
  long elements() {
    return (end - begin) / dtype.bytes();
  }
}
