package dev.pixelprobe.model.array;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpzFileTest {
  /**
   * Made with numpy 2.4.6:
   *
   * <pre>{@code
   * mu = np.array([1.5, -2, 3])
   * sigma = np.array([[4, 1, 0], [1, 5, 0.5], [0, 0.5, 6]], dtype=np.float32)
   * np.savez("stored.npz", mu=mu, sigma=sigma)
   * np.savez_compressed("compressed.npz", mu=mu, sigma=sigma)
   * }</pre>
   */
  private static final Path GOLDEN = Path.of("src/test/resources/npz");

  @TempDir Path dir;

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"stored.npz", "compressed.npz"})
  void readsWhatNumpyWrites(String file) throws IOException {
    try (NpzFile npz = NpzFile.open(GOLDEN.resolve(file))) {
      assertThat(npz.read("mu")).isEqualTo(NpyArray.of(new double[] {1.5, -2, 3}, 3));
      assertThat(npz.read("sigma"))
          .isEqualTo(NpyArray.of(new float[] {4, 1, 0, 1, 5, 0.5f, 0, 0.5f, 6}, 3, 3));
    }
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Path file = dir.resolve("x.npz");
    NpyArray a = NpyArray.of(new double[] {Math.PI, Double.NaN}, 2, 1);
    NpyArray b = NpyArray.of(new int[0], 0);

    NpzFile.write(file, Map.of("a", b, "b", b));
    NpzFile.write(file, Map.of("a", a, "b", b));

    try (NpzFile npz = NpzFile.open(file)) {
      assertThat(npz.read("a")).isEqualTo(a);
      assertThat(npz.read("b")).isEqualTo(b);
    }
    assertThat(dir)
        .isDirectoryContaining(path -> path.equals(file))
        .isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void equalArraysMakeEqualFiles() throws IOException {
    NpyArray array = NpyArray.of(new double[] {1, 2}, 2);

    NpzFile.write(dir.resolve("x.npz"), Map.of("a", array));
    NpzFile.write(dir.resolve("y.npz"), Map.of("a", array));

    assertThat(dir.resolve("x.npz")).hasSameBinaryContentAs(dir.resolve("y.npz"));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(dir.resolve("text.npz"), "no zip");
    Path cut = dir.resolve("cut.npz");
    byte[] whole = Files.readAllBytes(GOLDEN.resolve("stored.npz"));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

    assertRefused(() -> NpzFile.open(dir.resolve("none.npz")), "none.npz", "no such file");
    assertRefused(() -> NpzFile.open(text), "text.npz", "expected an .npz file");
    assertRefused(() -> NpzFile.open(cut), "cut.npz", "expected an .npz file");
  }

  @Test
  void aMissingOrDamagedArrayIsRefused() throws IOException {
    Path damaged = dir.resolve("damaged.npz");
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve("compressed.npz"));
    // The first array's deflated bytes begin after its local header; a block type of 3 is invalid.
    Arrays.fill(bytes, 60, 80, (byte) 0xff);
    Files.write(damaged, bytes);

    try (NpzFile npz = NpzFile.open(GOLDEN.resolve("stored.npz"))) {
      assertRefused(() -> npz.read("m2"), "stored.npz", "an array named m2");
    }
    try (NpzFile npz = NpzFile.open(damaged)) {
      assertRefused(() -> npz.read("mu"), "damaged.npz mu");
    }
  }
}
