package dev.pixelprobe.model.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyReaderTest {
  @TempDir Path dir;

  @Test
  void rowsThatAreSkippedCountAsRead() throws IOException {
    Path file = dir.resolve("x.npy");
    NpyArray.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 4, 2).write(file);

    try (NpyReader reader = NpyReader.open(file)) {
      reader.skip(1);
      assertThat(reader.next(1).orElseThrow().toInts()).containsExactly(2, 3);
      reader.skip(0);
      reader.skip(1);
      assertThat(reader.next(9).orElseThrow().toInts()).containsExactly(6, 7);
      assertThat(reader.next(1)).isEmpty();
      assertThatThrownBy(() -> reader.skip(1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0..0");
    }
  }
}
