/** Suites: a YAML file, to the calls of {@code run} that it stands for. */
package dev.pixelprobe.pipeline.suite;
