/** What is written down: results.json and the records it consists of. */
package dev.pixelprobe.eval.results;
