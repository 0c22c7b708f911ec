/** Published data sets and models: downloaded, verified, unpacked. */
package dev.pixelprobe.pipeline.fetch;
