/** The network of the Fréchet Inception Distance: the graph that was published on 2015-12-05. */
package dev.pixelprobe.model.inception;
