package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldOutTest {
  private static final List<String> IDS =
      IntStream.range(0, 50_000).mapToObj(i -> "cifar10/train/data_batch_1.bin#" + i).toList();

  @Test
  void holdsOutATenth() {
    // Standard deviation of the share: sqrt(0.1 * 0.9 / 50000) = 0.00134.
    assertThat(heldOut(0).size() / 50_000.0).isCloseTo(0.1, within(0.004));
  }

  @Test
  void anotherSeedHoldsOutOthers() {
    Set<String> both = heldOut(0);
    both.retainAll(heldOut(1));

    assertThat(both.size() / 50_000.0).isCloseTo(0.01, within(0.0014));
  }

  @Test
  void theChoiceIsThatOfEveryEarlierRun() {
    // Computed once: a change here changes every published score.
    assertThat(IDS.subList(0, 60).stream().filter(id -> HoldOut.contains(id, 0)))
        .containsExactly(
            "cifar10/train/data_batch_1.bin#30",
            "cifar10/train/data_batch_1.bin#47",
            "cifar10/train/data_batch_1.bin#59");
  }

  private static Set<String> heldOut(long seed) {
    return IDS.stream().filter(id -> HoldOut.contains(id, seed)).collect(Collectors.toSet());
  }
}
