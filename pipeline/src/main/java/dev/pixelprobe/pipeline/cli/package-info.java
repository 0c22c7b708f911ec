/** The command line. */
package dev.pixelprobe.pipeline.cli;
