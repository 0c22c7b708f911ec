/** The report over a folder of runs: pages for people, a summary for machines. */
package dev.pixelprobe.eval.report;
