/** Reads published Image GPT checkpoints: HuggingFace's folders and OpenAI's TensorFlow files. */
package dev.pixelprobe.model.checkpoint;
