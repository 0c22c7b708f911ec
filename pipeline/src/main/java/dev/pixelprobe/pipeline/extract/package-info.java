/** From labelled images to the features of all wanted layers, in deterministic batches. */
package dev.pixelprobe.pipeline.extract;
