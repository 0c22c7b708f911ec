package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pixelprobe.model.Palette;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A palette fitted to the CIFAR-10 subset against OpenAI's, which was fitted to ImageNet. Takes a
 * minute: run it with {@code mvn verify -Pslow}.
 */
@Tag("slow")
final class FittedPaletteTest {
  private static final Path SHARED = Path.of("../../shared/data");

  @TempDir private Path dir;

  @Test
  void onItsOwnImagesItIsNotWorseThanOpenAis() throws Exception {
    Path images = SHARED.resolve("cifar10-subset");
    Path openAis = SHARED.resolve("palette/kmeans_centers.npy");
    assumeTrue(Files.exists(images), "needs " + images + ", kept outside the repository");
    assumeTrue(Files.exists(openAis), "needs " + openAis + ", kept outside the repository");
    Path out = dir.resolve("palette.npy");

    List<String> lines =
        Cli.run(
                "palette",
                "fit",
                "--dataset",
                "cifar10",
                "--data",
                images,
                "--colors",
                "512",
                "--compare",
                openAis,
                "--out",
                out)
            .assertDone()
            .out()
            .lines()
            .toList();

    assertThat(Palette.read(out).size()).isEqualTo(512);
    double fitted = error(lines.get(lines.size() - 2), "round 20");
    double theirs = error(lines.get(lines.size() - 1), openAis.toString());
    assertThat(fitted).isLessThanOrEqualTo(theirs);
    assertThat(theirs).isBetween(0.00447, 0.00448);
  }

  private static double error(String line, String name) {
    assertThat(line).startsWith(name);
    String numbers = line.substring(name.length()).strip();
    return Double.parseDouble(numbers.substring(0, numbers.indexOf(' ')));
  }
}
