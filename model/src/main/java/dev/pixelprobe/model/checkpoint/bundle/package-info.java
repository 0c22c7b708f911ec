/** TensorFlow's checkpoints: an index of tensors and the shards that hold them. */
package dev.pixelprobe.model.checkpoint.bundle;
