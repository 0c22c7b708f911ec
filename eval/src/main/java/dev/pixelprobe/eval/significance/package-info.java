/** Whether two measurements differ by more than chance. */
package dev.pixelprobe.eval.significance;
