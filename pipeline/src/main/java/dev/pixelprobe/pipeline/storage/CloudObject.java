package dev.pixelprobe.pipeline.storage;

/**
 * One version of an object.
 *
 * @param size in bytes
 * @param crc32c base64 of the four bytes, as Cloud Storage writes it
 * @param md5 likewise; empty for an object that was composed of others
 */
record CloudObject(CloudPath path, long generation, long size, String crc32c, String md5) {
  /** Objects of one content have one. */
  String content() {
    return size + " " + crc32c + " " + md5;
  }
}
