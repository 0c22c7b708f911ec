/**
 * Feature sets: the Parquet files that extraction leaves, their manifest, the reader that takes one
 * column of them, and the cache around them.
 */
package dev.pixelprobe.pipeline.features;
