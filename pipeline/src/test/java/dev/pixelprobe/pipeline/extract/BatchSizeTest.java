package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.pipeline.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchSizeTest {
  /** 16 positions of qkv and output 4 x 8, MLP 2 x 16, scores 2 x 16, logits 6: 102 floats each. */
  private static final int IMAGE = 16 * 102 * Float.BYTES;

  @ParameterizedTest(name = "at most {0} images and {1} bytes: {2}")
  @CsvSource({
    "32, 1073741824, 32",
    "32, " + 3 * IMAGE + ", 3",
    "32, " + (3 * IMAGE - 1) + ", 2",
    "2, " + 3 * IMAGE + ", 2",
    "32, 1, 1",
  })
  void bothBoundsHoldButOneImageAlwaysGoesThrough(int images, long bytes, int expected) {
    assertThat(new BatchSize(images, bytes).imagesFor(TinyModel.ARCHITECTURE)).isEqualTo(expected);
  }

  @Test
  void theLargestPublishedModelsGetSmallerBatches() {
    Architecture igptL = new Architecture(32, 1536, 48, 16, 4 * 1536, 512, 1e-5);
    Architecture igptXl = new Architecture(64, 3072, 60, 32, 4 * 3072, 512, 1e-5);

    int large = BatchSize.DEFAULT.withImages(1024).imagesFor(igptL);
    assertThat(large).isBetween(8, 32);
    assertThat(BatchSize.DEFAULT.withImages(1024).imagesFor(igptXl)).isBetween(1, large - 1);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 1"})
  void aBatchOfNothingCannotBeAskedFor(int images, long bytes) {
    assertThatThrownBy(() -> new BatchSize(images, bytes))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
