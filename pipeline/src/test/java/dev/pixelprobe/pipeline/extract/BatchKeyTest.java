package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.data.Split;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BatchKeyTest {
  @Test
  void neighboursOfAShardShareABatchUntilItIsFull() {
    List<String> keys =
        LongStream.range(0, 7).mapToObj(record -> key(Split.TRAIN, "a.bin", record)).toList();

    assertThat(keys.subList(0, 3)).containsOnly(keys.get(0));
    assertThat(keys.subList(3, 6)).containsOnly(keys.get(3));
    assertThat(Set.copyOf(keys)).hasSize(3);
  }

  @Test
  void noBatchCrossesShardsOrSplits() {
    Set<String> keys =
        List.of(
                key(Split.TRAIN, "a.bin", 0),
                key(Split.TRAIN, "b.bin", 0),
                key(Split.TEST, "a.bin", 0),
                key(Split.TRAIN, "a.bin@1", 0),
                key(Split.TRAIN, "a.bin", 30))
            .stream()
            .collect(Collectors.toSet());

    assertThat(keys).hasSize(5);
  }

  private static String key(Split split, String shard, long record) {
    return BatchKey.of(ImageId.inShard("d", split, shard, record), 3);
  }
}
