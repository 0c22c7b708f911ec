/**
 * How far generated images are from real ones, by their features: FID and its kin. Every metric is
 * a pure function of features, or of {@link dev.pixelprobe.eval.distance.Moments}, which workers
 * add to and merge.
 */
package dev.pixelprobe.eval.distance;
