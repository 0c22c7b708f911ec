/** Folders that workers read and write: on a disk they share, or in a bucket. */
package dev.pixelprobe.pipeline.files;
