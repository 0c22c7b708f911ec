/** The folder of runs: what is in it, in the order of time, and what could not be read. */
package dev.pixelprobe.eval.report.history;
