/**
 * Files and folders that may lie in Google Cloud Storage: read by way of a verified local copy,
 * written whole or not at all.
 */
package dev.pixelprobe.pipeline.storage;
