/** The whole benchmark: extraction, probes and what is written of them. */
package dev.pixelprobe.pipeline.benchmark;
