/**
 * K-means of colours: counting them, the start (k-means++), and Lloyd's rounds over sums that can
 * be taken in any parts and any order. Everything that is summed is a whole number, so the parts
 * never change the result.
 */
package dev.pixelprobe.model.kmeans;
