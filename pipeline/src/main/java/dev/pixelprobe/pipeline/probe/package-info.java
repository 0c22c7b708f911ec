/** From a feature set to the accuracy of a linear probe on each of its layers. */
package dev.pixelprobe.pipeline.probe;
