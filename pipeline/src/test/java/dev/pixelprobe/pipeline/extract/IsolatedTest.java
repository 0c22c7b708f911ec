package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

final class IsolatedTest {
  private static final List<Integer> BATCH = IntStream.range(0, 11).boxed().toList();

  /** As in floating point, a result depends on the place and on how many are in the batch. */
  private static List<String> values(List<Integer> batch) {
    return IntStream.range(0, batch.size())
        .mapToObj(place -> "%d at %d of %d".formatted(batch.get(place), place, batch.size()))
        .toList();
  }

  private static Forward<Integer, String> refusing(Set<Integer> bad) {
    return batch -> {
      for (int record : batch) {
        if (bad.contains(record)) {
          throw new TFInvalidArgumentException("record " + record + "\nand more of TensorFlow's");
        }
      }
      return values(batch);
    };
  }

  @ParameterizedTest(name = "bad: {0}")
  @ValueSource(strings = {"", "0", "10", "5", "4,5", "0,3,10", "0,1,2,3,4,5,6,7,8,10"})
  void theGoodRecordsGiveWhatTheyWouldHaveGivenBesideGoodOnes(String records) throws IOException {
    Set<Integer> bad = ints(records);
    List<String> expected = new ArrayList<>();
    Map<Integer, String> reasons = new TreeMap<>();
    for (int record : BATCH) {
      if (bad.contains(record)) {
        reasons.put(record, "record " + record);
      } else {
        expected.add(values(BATCH).get(record));
      }
    }

    assertSorted(Isolated.run(BATCH, refusing(bad)), expected, reasons);
  }

  @Test
  void aBatchOfBadRecordsGivesNothing() throws IOException {
    Map<Integer, String> reasons = new TreeMap<>();
    BATCH.forEach(record -> reasons.put(record, "record " + record));

    assertSorted(Isolated.run(BATCH, refusing(Set.copyOf(BATCH))), List.of(), reasons);
  }

  @Test
  void aResultThatIsNotOneIsABadRecordToo() throws IOException {
    List<String> good = new ArrayList<>();
    Map<Integer, String> reasons = new TreeMap<>();

    int count =
        Isolated.run(List.of(1, 2, 3), refusing(Set.of(3)))
            .sort(
                value -> value.startsWith("2") ? Optional.of("two") : Optional.empty(),
                good::add,
                reasons::put);

    assertThat(count).isOne();
    assertThat(good).containsExactly("1 at 0 of 3");
    assertThat(reasons).isEqualTo(Map.of(1, "two", 2, "record 3"));
  }

  @Test
  void recordsThatOnlyFailTogetherAreNotBad() {
    Forward<Integer, String> oneSizeOnly =
        batch -> {
          if (batch.contains(0) && batch.contains(10)) {
            throw new InvalidInputException("images of two sizes");
          }
          return values(batch);
        };

    assertThatThrownBy(() -> Isolated.run(BATCH, oneSizeOnly))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("images of two sizes");
  }

  @Test
  void whatDoesNotLieInARecordIsNotLookedForThere() {
    List<Integer> sizes = new ArrayList<>();
    for (RuntimeException failure :
        List.of(new TFResourceExhaustedException("no memory"), new IllegalStateException("bug"))) {
      assertThatThrownBy(
              () ->
                  Isolated.run(
                      BATCH,
                      batch -> {
                        sizes.add(batch.size());
                        throw failure;
                      }))
          .isSameAs(failure);
    }
    assertThat(sizes).containsExactly(11, 11);
  }

  private static void assertSorted(
      Isolated<String> isolated, List<String> expected, Map<Integer, String> reasons) {
    List<String> good = new ArrayList<>();
    Map<Integer, String> bad = new TreeMap<>();
    int count = isolated.sort(value -> Optional.empty(), good::add, bad::put);
    assertThat(good).isEqualTo(expected);
    assertThat(bad).isEqualTo(reasons);
    assertThat(count).isEqualTo(expected.size());
  }

  private static Set<Integer> ints(String records) {
    return records.isEmpty()
        ? Set.of()
        : Set.copyOf(List.of(records.split(",", -1)).stream().map(Integer::valueOf).toList());
  }
}
