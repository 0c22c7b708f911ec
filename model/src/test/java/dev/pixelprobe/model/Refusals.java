package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a user's input is refused as the project promises: in one clear line. */
public final class Refusals {
  private Refusals() {}

  public static void assertRefused(ThrowingCallable call, CharSequence... messageParts) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .message()
        .doesNotContain("\n", "\r")
        .contains(messageParts);
  }
}
