package dev.pixelprobe.model.checkpoint.torch;

import dev.pixelprobe.model.checkpoint.tensor.TensorDType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole list of Python names that a file of tensors may mention; none of them is ever run. */
enum TorchGlobal {
  ORDERED_DICT("collections.OrderedDict"),
  REBUILD_TENSOR("torch._utils._rebuild_tensor"),
  REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2"),
  REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
  FLOAT_STORAGE("torch.FloatStorage", TensorDType.F32),
  HALF_STORAGE("torch.HalfStorage", TensorDType.F16),
  BFLOAT16_STORAGE("torch.BFloat16Storage", TensorDType.BF16),
  DOUBLE_STORAGE("torch.DoubleStorage", TensorDType.F64),
  LONG_STORAGE("torch.LongStorage", TensorDType.I64),
  INT_STORAGE("torch.IntStorage", TensorDType.I32),
  SHORT_STORAGE("torch.ShortStorage", TensorDType.I16),
  CHAR_STORAGE("torch.CharStorage", TensorDType.I8),
  BYTE_STORAGE("torch.ByteStorage", TensorDType.U8),
  BOOL_STORAGE("torch.BoolStorage", TensorDType.BOOL);

  private final String pythonName;
  private final @Nullable TensorDType dtype;

  TorchGlobal(String pythonName) {
    this(pythonName, null);
  }

  TorchGlobal(String pythonName, @Nullable TensorDType dtype) {
    this.pythonName = pythonName;
    this.dtype = dtype;
  }

  static Optional<TorchGlobal> named(String pythonName) {
    for (TorchGlobal global : values()) {
      if (global.pythonName.equals(pythonName)) {
        return Optional.of(global);
      }
    }
    return Optional.empty();
  }

  String pythonName() {
    return pythonName;
  }

  /** What a storage of this class holds; empty for all that is no storage class. */
  Optional<TensorDType> dtype() {
    return Optional.ofNullable(dtype);
  }
}
