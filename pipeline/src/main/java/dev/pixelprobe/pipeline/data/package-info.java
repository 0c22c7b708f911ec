/** Image data sets and the readers that turn their shards into labelled images. */
package dev.pixelprobe.pipeline.data;
