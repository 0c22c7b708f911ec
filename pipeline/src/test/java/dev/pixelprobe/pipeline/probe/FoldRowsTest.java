package dev.pixelprobe.pipeline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FoldRowsTest {
  private static final List<String> IDS = List.of("d/train/x#0", "d/train/x#2", "d/train/x#10");

  @Test
  void foldsNameRecordsAndProbesWantRows() {
    assertThat(FoldRows.of(IDS, List.of(List.of(10, 0), List.of(2))))
        .containsExactly(new int[] {2, 0}, new int[] {1});
  }

  @Test
  void aRecordThatCouldNotBeReadIsInNoFold() {
    assertThat(FoldRows.of(IDS, List.of(List.of(0, 1, 2)))).containsExactly(new int[] {0, 1});
  }

  @Test
  void withoutFoldsThereAreNone() {
    assertThat(FoldRows.of(IDS, List.of())).isEmpty();
  }
}
