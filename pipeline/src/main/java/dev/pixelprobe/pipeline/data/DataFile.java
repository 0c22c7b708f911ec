package dev.pixelprobe.pipeline.data;

/**
 * A file of a data set.
 *
 * @param name path below the data set's folder, with forward slashes
 * @param stamp changes when the file does: what the file system tells without reading the file
 */
record DataFile(String name, long bytes, String stamp) {}
