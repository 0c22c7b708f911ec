/**
 * The embedded data set: textured shapes, drawn from nothing but the split and the number of the
 * image. Only functions that the language defines to the last bit are used (sine and cosine from
 * {@code StrictMath}), so every JVM draws the same bytes.
 */
package dev.pixelprobe.pipeline.data.shapes;
