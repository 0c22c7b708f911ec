/** Reads published Image GPT checkpoints: HuggingFace's folders of JSON and safetensors. */
package dev.pixelprobe.model.checkpoint;
