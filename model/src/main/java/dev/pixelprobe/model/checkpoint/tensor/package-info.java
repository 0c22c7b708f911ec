/**
 * Tensors by name in a file, whatever its format: a format only says where each one's bytes are.
 */
package dev.pixelprobe.model.checkpoint.tensor;
