package dev.pixelprobe.model.checkpoint.torch;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import dev.pixelprobe.model.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A pickled dict of tensors, once it is known where their storages lie. */
final class StateDict {
  private final Path file;
  private final Storages storages;

  StateDict(Path file, Storages storages) {
    this.file = file;
    this.storages = storages;
  }

  /** Where storages lie in the file. */
  @FunctionalInterface
  interface Storages {
    /**
     * The storage's first byte.
     *
     * @throws InvalidInputException if it is not there, or not as long as it says
     */
    long begin(TorchStorage storage) throws IOException;
  }

  /** The tensors of the dict; attention's masks, which old files hold as buffers, are left out. */
  Map<String, TensorInfo> tensors(Object unpickled) throws IOException {
    if (!(unpickled instanceof Map<?, ?> dict)) {
      throw new InvalidInputException(
          file + ": expected a dict of tensors, got something else; save model.state_dict()");
    }
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      if (entry.getKey() instanceof String name
          && entry.getValue() instanceof TorchTensor tensor
          && !isMask(name)) {
        tensors.put(name, located(name, tensor));
      }
    }
    return tensors;
  }

  private static boolean isMask(String name) {
    return name.endsWith(".attn.bias") || name.endsWith(".attn.masked_bias");
  }

  private TensorInfo located(String name, TorchTensor tensor) throws IOException {
    TorchStorage storage = tensor.storage();
    long elements;
    try {
      elements = tensor.elements();
    } catch (ArithmeticException e) {
      throw wrong(name, "a shape that fits the file", tensor.size().toString());
    }
    if (tensor.offset() > storage.elements() || elements > storage.elements() - tensor.offset()) {
      throw wrong(
          name,
          "%d elements from %d".formatted(elements, tensor.offset()),
          "a storage of %d".formatted(storage.elements()));
    }
    if (!tensor.isContiguous()) {
      throw new InvalidInputException(
          "%s: %s: expected elements in row-major order, got strides %s for shape %s; save it with .contiguous()"
              .formatted(file, ForeignText.brief(name), tensor.stride(), tensor.size()));
    }
    int bytes = storage.dtype().bytes();
    long begin = storages.begin(storage) + tensor.offset() * bytes;
    return new TensorInfo(name, storage.dtype(), tensor.size(), begin, begin + elements * bytes);
  }

  private InvalidInputException wrong(String name, String expected, String got) {
    return new InvalidInputException(
        "%s: %s: expected %s, got %s; fetch the file again"
            .formatted(file, ForeignText.brief(name), expected, got));
  }
}
