package dev.pixelprobe.pipeline.fetch;

/**
 * A file that is here now.
 *
 * @param sha256 in lower-case hex
 * @param proof what it was compared with
 */
public record FetchedFile(String name, long bytes, String sha256, Proof proof) {
  /** What a file's content was compared with. */
  public enum Proof {
    /** A checksum that was known before the download. */
    PUBLISHED,
    /** The MD5 that the server sent along: the transfer was right, whatever was sent. */
    SENT_ALONG,
    /** Nothing. */
    NONE
  }
}
