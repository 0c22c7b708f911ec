package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.FrechetDistance;
import dev.pixelprobe.eval.distance.GaussianStats;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.model.inception.InceptionEncoder;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import dev.pixelprobe.pipeline.storage.LocalCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published network on the published images. Neither can stand in the repository: run it with
 * {@code mvn verify -Pslow -Dpixelprobe.cifar10=DIR}, after {@code pixelprobe fetch inception} or
 * with {@code -Dpixelprobe.inception=FILE}.
 */
@Tag("slow")
final class PublishedInceptionTest {
  @TempDir private Path dir;

  /** The first of each file. */
  @Test
  void fidOfFiveThousandTrainingAndTestImagesOfCifar10IsThePublishedOne() throws IOException {
    Path graph = path("pixelprobe.inception", fetched());
    Path data = path("pixelprobe.cifar10", Path.of("../data"));
    Path model = InceptionEncoder.prepare(graph, dir);
    Path out = dir.resolve("features");

    Cli.run(
            "extract",
            "--dataset",
            "cifar10",
            "--data",
            data,
            "--limit-train",
            5000,
            "--limit-test",
            5000,
            "--model",
            model,
            "--output",
            "2048",
            "--out",
            out)
        .assertDone();

    FeatureReader features = FeatureReader.open(out.toString());
    double fid = FrechetDistance.between(stats(features, Split.TRAIN), stats(features, Split.TEST));
    assertThat(fid).isCloseTo(10.3233274, within(1e-4));
  }

  /** Tests have a cache of their own; this looks into the user's. */
  private static Path fetched() {
    return LocalCache.directory(
            Optional.ofNullable(System.getenv("PIXELPROBE_CACHE")),
            System.getenv(),
            Path.of(System.getProperty("user.home")))
        .resolve("inception");
  }

  private static Path path(String property, Path otherwise) {
    String named = System.getProperty(property);
    Path path = named == null ? otherwise : Path.of(named);
    assumeTrue(Files.exists(path), "needs -D%s or %s".formatted(property, otherwise));
    return path;
  }

  private static GaussianStats stats(FeatureReader features, Split split) throws IOException {
    FeatureTable table = features.features(split, List.of("output_2048"));
    assertThat(table.rows()).isEqualTo(5000);
    Moments moments = Moments.empty();
    moments.add(Matrix.wrap(table.values(), table.rows(), table.width()));
    return moments.toStats();
  }
}
