package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFOutOfRangeException;

/**
 * What came of a batch of which some records may be bad: a bad one does not sink the others. A
 * batch that fails is halved until the records are found that fail alone. The others are run again
 * at their places in a batch of the same size, a good record standing in for each bad one, so their
 * results have the bits that they would have had.
 *
 * @param results of the batch, in order; at the places of bad records those of a stand-in
 * @param bad places and what was wrong, one line each
 */
record Isolated<R>(List<R> results, SortedMap<Integer, String> bad) {

  /**
   * Runs a batch. The answer is a function of batch and model alone.
   *
   * @throws RuntimeException what the model threw, if that cannot lie in a record or if no record
   *     fails alone
   */
  static <T, R> Isolated<R> run(List<T> batch, Forward<T, R> model) throws IOException {
    try {
      return new Isolated<>(model.run(batch), new TreeMap<>());
    } catch (RuntimeException failure) {
      SortedMap<Integer, String> bad = new TreeMap<>();
      find(batch, 0, failure, model, bad);
      if (bad.isEmpty()) {
        throw failure;
      }
      List<R> results = bad.size() == batch.size() ? List.of() : model.run(mended(batch, bad));
      return new Isolated<>(results, bad);
    }
  }

  /**
   * Sends each result, and each bad record's number, to where it belongs.
   *
   * @param complaint what is wrong with a result that came, if anything
   * @param spoilt takes the place and the reason of each record that gave nothing
   * @return how many were good
   */
  int sort(
      Function<R, Optional<String>> complaint,
      Consumer<R> good,
      BiConsumer<Integer, String> spoilt) {
    int count = 0;
    bad.forEach(spoilt);
    for (int place = 0; place < results.size(); place++) {
      R result = results.get(place);
      if (bad.containsKey(place)) {
        continue;
      }
      Optional<String> wrong = complaint.apply(result);
      if (wrong.isPresent()) {
        spoilt.accept(place, wrong.get());
      } else {
        good.accept(result);
        count++;
      }
    }
    return count;
  }

  /** Looks for bad records in a part that failed. */
  private static <T, R> void find(
      List<T> part,
      int begin,
      RuntimeException failure,
      Forward<T, R> model,
      SortedMap<Integer, String> bad)
      throws IOException {
    if (!mayLieInARecord(failure)) {
      throw failure;
    }
    if (part.size() == 1) {
      bad.put(begin, line(failure));
      return;
    }
    int middle = part.size() / 2;
    for (int half = 0; half < 2; half++) {
      int from = half * middle;
      List<T> records = part.subList(from, half == 0 ? middle : part.size());
      try {
        model.run(records);
      } catch (RuntimeException e) {
        find(records, begin + from, e, model, bad);
      }
    }
  }

  /** What TensorFlow or we say of input; lack of memory, a lost device or a bug are not that. */
  private static boolean mayLieInARecord(RuntimeException failure) {
    return failure instanceof InvalidInputException
        || failure instanceof TFInvalidArgumentException
        || failure instanceof TFOutOfRangeException;
  }

  private static <T> List<T> mended(List<T> batch, SortedMap<Integer, String> bad) {
    int good =
        IntStream.range(0, batch.size())
            .filter(place -> !bad.containsKey(place))
            .findFirst()
            .orElseThrow();
    List<T> mended = new ArrayList<>(batch);
    bad.keySet().forEach(place -> mended.set(place, batch.get(good)));
    return mended;
  }

  private static String line(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
  }
}
