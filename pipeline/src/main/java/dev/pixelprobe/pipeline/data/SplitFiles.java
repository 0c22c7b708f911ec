package dev.pixelprobe.pipeline.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of each split, told apart by the last of the words train, test, validation and their
 * like in a file's path below the data set's folder, or in the part of it that is to tell.
 * Validation files serve as the test split where there is none. Files without such a word are left
 * aside.
 */
record SplitFiles(List<DataFile> train, List<DataFile> test) {
  private static final Pattern WORD =
      Pattern.compile("(?<![a-z])(train|training|test|testing|val|valid|validation)(?![a-z])");

  /**
   * Requires both splits.
   *
   * @param telling the part of the path to look at
   * @param expected what the data set consists of, for the message
   */
  static SplitFiles of(Listing listing, UnaryOperator<String> telling, String expected) {
    List<DataFile> train = new ArrayList<>();
    List<DataFile> test = new ArrayList<>();
    List<DataFile> validation = new ArrayList<>();
    for (DataFile file : listing.files()) {
      lastWord(telling.apply(file.name()))
          .map(
              word ->
                  switch (word.substring(0, 2)) {
                    case "tr" -> train;
                    case "te" -> test;
                    default -> validation;
                  })
          .ifPresent(split -> split.add(file));
    }
    List<DataFile> held = test.isEmpty() ? validation : test;
    if (train.isEmpty() || held.isEmpty()) {
      throw listing.missing(expected, train.isEmpty() ? "no training file" : "no test file");
    }
    return new SplitFiles(train, held);
  }

  List<DataFile> of(Split split) {
    return split == Split.TRAIN ? train : test;
  }

  /** Both splits' files, and whichever of {@code others} the listing has. */
  Listing used(Listing listing, String... others) {
    Set<DataFile> used = new HashSet<>(train);
    used.addAll(test);
    for (String other : others) {
      listing.find(other).ifPresent(used::add);
    }
    return listing.matching(used::contains);
  }

  private static Optional<String> lastWord(String path) {
    Matcher matcher = WORD.matcher(path.toLowerCase(Locale.ROOT));
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(matcher.group());
    }
    return last;
  }
}
