/**
 * The judgement: linear probes, intervals and results. Plain Java and OpenBLAS; knows nothing of
 * Beam or TensorFlow.
 */
package dev.pixelprobe.eval;
