/** Reads and writes arrays in numpy's .npy format. */
package dev.pixelprobe.model.array;
