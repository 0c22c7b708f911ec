/** What changed from one run to another, and whether by more than chance. */
package dev.pixelprobe.eval.report.change;
