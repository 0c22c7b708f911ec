package dev.pixelprobe.model.checkpoint.tensor;

/** A stranger's text, made fit for a message. */
public final class ForeignText {
  private static final int MAX_LENGTH = 80;

  private ForeignText() {}

  /** One short line of it. */
  public static String brief(String text) {
    String head = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + ".." : text;
    return head.replaceAll("\\p{Cntrl}", "?");
  }
}
