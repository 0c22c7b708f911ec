package dev.pixelprobe.pipeline.fetch;

/**
 * What a tar.gz may hold.
 *
 * @param root the one folder that everything in it lies in; empty if there is none
 * @param maxBytes of all files together, unpacked
 * @param maxEntries files and folders
 */
record Archive(String root, long maxBytes, int maxEntries) {}
