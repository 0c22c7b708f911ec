package dev.pixelprobe.eval.report.history;

/**
 * A folder among the runs that could not be shown.
 *
 * @param reason for people
 */
public record Unread(String name, Reason reason, String detail) {
  /** Why. */
  public enum Reason {
    /** Its results.json is damaged, or of another schema. */
    DAMAGED("unreadable"),
    /** It ended before its results were written, or has not ended yet. */
    CUT_SHORT("incomplete"),
    /** No run at all. */
    NO_RUN("no run");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
