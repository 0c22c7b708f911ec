/** Runs a pipeline to its end: in this JVM, or on a Flink cluster that it is submitted to. */
package dev.pixelprobe.pipeline.job;
