package dev.pixelprobe.model.checkpoint.torch;

import dev.pixelprobe.model.checkpoint.tensor.TensorDType;

/**
 * A run of elements in the file that tensors are views of.
 *
 * @param key its name in the file
 * @param elements how many the pickle says there are
 */
record TorchStorage(String key, TensorDType dtype, long elements) {}
