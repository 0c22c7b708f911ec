package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NaturalOrderTest {
  private static final NaturalOrder ORDER = new NaturalOrder();

  @Test
  void numbersCompareByValue() {
    List<String> sorted =
        List.of(
            "c/test/x.bin#0",
            "c/train/data_batch_1.bin#2",
            "c/train/data_batch_1.bin#10",
            "c/train/data_batch_2.bin#0",
            "c/train/data_batch_10.bin#0",
            "c/train/dog/1.png#0",
            "c/train/dog/01.png#1",
            "c/train/dog/007.png#2",
            "c/train/dog/99999999999999999999.png#3",
            "c/train/dog/100000000000000000000.png#4",
            "c/train/dog/a.png#5");
    List<String> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(1));

    shuffled.sort(ORDER);

    assertThat(shuffled).isEqualTo(sorted);
  }

  @Test
  void onlyEqualStringsAreEqual() {
    assertThat(ORDER.compare("a#1", "a#1")).isZero();
    assertThat(ORDER.compare("a#01", "a#1")).isNegative();
    assertThat(ORDER.compare("a#1", "a#01")).isPositive();
    assertThat(ORDER.compare("a#1", "a#1b")).isNegative();
  }
}
