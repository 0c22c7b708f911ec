/**
 * How far generated images are from real ones: sets of images to summaries of their features, which
 * {@link dev.pixelprobe.eval.distance.GenerativeMetrics} compares.
 */
package dev.pixelprobe.pipeline.distance;
