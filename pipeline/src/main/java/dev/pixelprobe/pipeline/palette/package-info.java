/** Fits a palette to the images of a data set: k-means of their colours. */
package dev.pixelprobe.pipeline.palette;
