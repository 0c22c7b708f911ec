/**
 * Image GPT itself: palette and tokens, checkpoints, the TensorFlow graph, and SavedModels that run
 * it. Knows nothing of Beam.
 */
package dev.pixelprobe.model;
