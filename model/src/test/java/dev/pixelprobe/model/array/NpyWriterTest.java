package dev.pixelprobe.model.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpyWriterTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = dir.resolve("x.npy");
  }

  @Test
  void piecesOfAnySizeMakeTheSameFile() throws IOException {
    int[] values = IntStream.range(0, 50_000).toArray();
    try (NpyWriter writer = NpyWriter.create(file, NpyType.INT32, Shape.of(50_000))) {
      for (int at = 0, size = 1; at < values.length; at += size, size *= 3) {
        writer.append(Arrays.copyOfRange(values, at, Math.min(at + size, 50_000)));
      }
    }
    Path whole = dir.resolve("whole.npy");
    NpyArray.of(values, 50_000).write(whole);
    assertThat(file).hasSameBinaryContentAs(whole);
    assertThat(NpyArray.read(file).toInts()).isEqualTo(values);
  }

  @Test
  void eachTypeHasItsPieces() throws IOException {
    try (NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT32, Shape.of(2, 1, 2))) {
      writer.append(1f, 2f, 3f);
      writer.append(4f);
    }
    assertThat(NpyArray.read(file)).isEqualTo(NpyArray.of(new float[] {1, 2, 3, 4}, 2, 1, 2));
    try (NpyWriter writer = NpyWriter.create(file, NpyType.UINT8, Shape.of(3))) {
      writer.append(new byte[] {1, 2, -1});
    }
    assertThat(NpyArray.read(file)).isEqualTo(NpyArray.of(new byte[] {1, 2, -1}, 3));
  }

  @Test
  void anUnfinishedFileLeavesTheOldOneAndNothingElse() throws IOException {
    NpyArray old = NpyArray.of(new float[] {7}, 1);
    old.write(file);
    assertThatThrownBy(
            () -> {
              try (NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT32, Shape.of(2))) {
                writer.append(1f);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected 2 elements, got 1");
    assertThat(NpyArray.read(file)).isEqualTo(old);
    try (var left = Files.list(dir)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void elementsThatDoNotBelongAreNotTaken() throws IOException {
    try (NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT32, Shape.of(2))) {
      assertThatThrownBy(() -> writer.append(1f, 2f, 3f))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.append(1, 2)).isInstanceOf(IllegalArgumentException.class);
      writer.append(1f, 2f);
    }
    assertThat(NpyArray.read(file).toFloats()).containsExactly(1, 2);
  }

  @Test
  void anEmptyArrayIsAFileToo() throws IOException {
    NpyWriter.create(file, NpyType.FLOAT32, Shape.of(0, 3)).close();
    assertThat(NpyArray.read(file)).isEqualTo(NpyArray.of(new float[0], 0, 3));
  }
}
