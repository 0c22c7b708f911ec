/** Pages made of sections, sections made of blocks, blocks written by templates. */
package dev.pixelprobe.eval.report.page;
