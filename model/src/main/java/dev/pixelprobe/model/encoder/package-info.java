/** Frozen models of any kind that take images and give vectors, as TensorFlow SavedModels. */
package dev.pixelprobe.model.encoder;
