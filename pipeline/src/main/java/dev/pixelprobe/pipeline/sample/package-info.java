/** Images drawn from the model, in deterministic batches, and the files they are written to. */
package dev.pixelprobe.pipeline.sample;
