package dev.pixelprobe.pipeline.cli;

import java.util.Locale;

/**
 * What one check of the machine found.
 *
 * @param subject what was looked at
 * @param advice what to do; empty if nothing
 */
record Finding(Status status, String subject, String found, String advice) {
  /** How it stands. */
  enum Status {
    OK,
    NOTE,
    FAIL
  }

  static Finding ok(String subject, String found) {
    return new Finding(Status.OK, subject, found, "");
  }

  static Finding note(String subject, String found, String advice) {
    return new Finding(Status.NOTE, subject, found, advice);
  }

  static Finding fail(String subject, String found, String advice) {
    return new Finding(Status.FAIL, subject, found, advice);
  }

  String line() {
    String head =
        "%-4s  %-10s  %s".formatted(status.name().toLowerCase(Locale.ROOT), subject, found);
    return advice.isEmpty() ? head : head + "; " + advice;
  }
}
