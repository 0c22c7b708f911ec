/** HuggingFace's safetensors format. */
package dev.pixelprobe.model.checkpoint.safetensors;
