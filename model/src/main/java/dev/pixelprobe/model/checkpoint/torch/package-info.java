/** PyTorch's files of pickled tensors, read without running what a pickle asks for. */
package dev.pixelprobe.model.checkpoint.torch;
