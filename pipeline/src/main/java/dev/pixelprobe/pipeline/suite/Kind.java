package dev.pixelprobe.pipeline.suite;

import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a key of a suite takes. */
enum Kind {
  TEXT("text", false, Kind::isText),
  TEXTS("text, or a list of texts", true, Kind::isText),
  WHOLE("a whole number of at least 0", false, Kind::isWhole),
  WHOLES("a whole number of at least 0, or a list of them", true, Kind::isWhole),
  NUMBER("a number", false, Kind::isNumber),
  NUMBERS("a number, or a list of numbers", true, Kind::isNumber),
  YES_NO("true or false", false, scalar -> scalar.getTag().equals(Tag.BOOL));

  private final String words;
  private final boolean list;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final Predicate<ScalarNode> test;

  Kind(String words, boolean list, Predicate<ScalarNode> test) {
    this.words = words;
    this.list = list;
    this.test = test;
  }

  String words() {
    return words;
  }

  /** Whether it takes several. */
  boolean isList() {
    return list;
  }

  boolean takes(ScalarNode scalar) {
    return test.test(scalar);
  }

  /** Numbers count: {@code layers: 4}. */
  private static boolean isText(ScalarNode scalar) {
    return !scalar.getTag().equals(Tag.NULL)
        && !scalar.getTag().equals(Tag.BOOL)
        && !scalar.getValue().isBlank();
  }

  private static boolean isWhole(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.INT) && scalar.getValue().matches("\\d{1,18}");
  }

  private static boolean isNumber(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
  }
}
