/** The Beam pipeline and the command line around it. */
package dev.pixelprobe.pipeline;
