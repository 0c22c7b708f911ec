package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpzFile;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyEncoder;
import dev.pixelprobe.pipeline.TinyModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be compared: exit code 2, one clear line, and not a file more than before. */
final class FidRefusalsTest {
  @TempDir static Path dir;

  @BeforeAll
  static void writeInputs() throws IOException {
    TinyModel.write(dir.resolve("model"));
    TinyEncoder.floats(dir.resolve("floats"));
    CifarFiles.write(dir.resolve("data"), 20, 10, 3);
    NpyArray.of(new byte[4 * 48], 4, 4, 4, 3).write(dir.resolve("x.npy"));
    NpyArray.of(new byte[48], 1, 4, 4, 3).write(dir.resolve("one.npy"));
    NpyArray.of(new float[48], 1, 4, 4, 3).write(dir.resolve("float.npy"));
    writeStatistics("narrow.npz", 1);
    writeStatistics("stats.npz", 8);
    Files.createDirectories(dir.resolve("empty"));
    Files.createDirectories(dir.resolve("damaged"));
    picture("damaged/a.png", 4, 4);
    Files.writeString(dir.resolve("damaged/b.png"), "no image");
    picture("sizes/a.png", 4, 4);
    picture("sizes/b.png", 5, 4);
    picture("sheet/contact-sheet.png", 4, 4);
    picture("mixed/a.png", 4, 4);
    Files.writeString(dir.resolve("mixed/b.tfrecord"), "");
    Files.createDirectories(dir.resolve("shards"));
    Files.writeString(dir.resolve("shards/b.tfrecord"), "something else altogether");
  }

  private static void picture(String file, int height, int width) throws IOException {
    Path path = dir.resolve(file);
    Files.createDirectories(path.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, "png", path.toFile())).isTrue();
  }

  private static void writeStatistics(String file, int d) throws IOException {
    double[] covariance = new double[d * d];
    for (int j = 0; j < d; j++) {
      covariance[j * d + j] = 1;
    }
    NpzFile.write(
        dir.resolve(file),
        Map.of("mu", NpyArray.of(new double[d], d), "sigma", NpyArray.of(covariance, d, d)));
  }

  @ParameterizedTest(name = "pixelprobe fid {0}")
  @CsvSource({
    "--real $/x.npy, --fake",
    "--fake $/x.npy, --real|--dataset|neither",
    "--real $/x.npy --fake $/x.npy --dataset cifar10, both",
    "--real $/x.npy --fake $/x.npy --split train, both",
    "--dataset cifar10 --fake $/x.npy, cifar10|--data",
    "--real $/empty --fake $/x.npy, /empty|got none",
    "--real $/x.npy --fake $/sheet, /sheet|got none",
    "--real $/missing --fake $/x.npy, /missing|no such file",
    "--real $/x.npy --fake $/float.npy, uint8|float32",
    "--real $/x.npy --fake $/mixed, /mixed|a.png|b.tfrecord",
    "--real $/x.npy --fake $/shards, b.tfrecord",
    "--real $/one.npy --fake $/x.npy, one.npy|at least 2|got 1",
    "--real $/missing.npz --fake $/x.npy, missing.npz",
    "--real $/narrow.npz --fake $/x.npy, narrow.npz|8 features|igpt-tiny ln_1_1|got 1",
    "--real $/x.npy --fake $/narrow.npz, narrow.npz|8 features|got 1",
    "--real $/stats.npz --fake $/narrow.npz, narrow.npz|8 features|got 1",
    "--real $/stats.npz --fake $/x.npy --save-stats $/new.npz, --save-stats|got statistics",
    "--real $/stats.npz --fake $/x.npy --palette-floor $/model, --palette-floor|got statistics",
    "--real $/x.npy --fake $/x.npy --palette-floor $/model, --palette-floor|floor is 0",
    "--real $/x.npy --fake $/x.npy --palette-floor nobody, nobody",
    "--real $/x.npy --fake $/x.npy --save-stats $/empty, --save-stats|a directory",
    "--real $/x.npy --fake $/x.npy --extractor vgg, --extractor|igpt|got vgg",
    "--real $/x.npy --fake $/x.npy --extractor $/empty, --extractor|/empty",
    "--real $/x.npy --fake $/x.npy --extractor $/floats --image-size 4 --tap pool, mean|pool.mixed|got pool",
    "--real $/x.npy --fake $/x.npy --extractor inception --inception $/empty, /empty|classify_image_graph_def.pb|fetch inception",
    "--real $/x.npy --fake $/x.npy --extractor inception --inception $/x.npy, x.npy|frozen TensorFlow graph",
    "--real $/x.npy --fake $/x.npy --extractor $/floats --resize pil_bicubic, --resize|inception",
    "--real $/x.npy --fake $/x.npy --extractor inception --resize sharp, --resize|sharp",
    "--real $/x.npy --fake $/x.npy --tap ln_1_9, --tap|ln_1_0 to ln_1_2|h_0 to h_2|ln_1_9",
    "--real $/x.npy --fake $/x.npy --image-size 8, --image-size|igpt",
    "--real $/x.npy --fake $/x.npy --max-features 1, --max-features|got 1",
    "--real $/x.npy --fake $/x.npy --max-features many, --max-features|many",
    "--real $/x.npy --fake $/x.npy --batch-size 0, --batch-size|0",
    "--real $/x.npy --fake $/x.npy -- --runner=NoRunner, NoRunner"
  })
  void isRefusedInOneLineAndLeavesNothing(String arguments, String says) throws IOException {
    String model = arguments.contains("--extractor") ? "" : "--model $/model ";
    assertRefused("fid " + model + "--out $/new.json " + arguments, says);
  }

  @ParameterizedTest(name = "pixelprobe fid {0}")
  @CsvSource({
    "--real $/sizes --fake $/x.npy, 4 x 4|a.png|5 x 4|b.png",
    "--real $/damaged --fake $/x.npy, damaged/b.png|JPEG or PNG",
    "--real $/x.npy --fake $/x.npy --extractor $/floats --tap log --image-size 4, x.npy record 0|finite|log",
    "--real $/x.npy --fake $/x.npy --extractor $/floats --model $/model --tap mean, --model|igpt",
    "--real $/x.npy --fake $/x.npy --extractor $/floats --output mean, --output"
  })
  void soIsWhatOnlyReadingOrRunningShows(String arguments, String says) throws IOException {
    assertRefused("fid --no-cache --out $/new.json " + arguments, says);
  }

  @ParameterizedTest(name = "pixelprobe {0}")
  @CsvSource({
    "fid --real $/x.npy --fake $/x.npy, --out",
    "fid --real $/x.npy --fake $/x.npy --out $/empty, --out|a directory"
  })
  void soIsAPlaceThatWillNotDo(String call, String says) throws IOException {
    assertRefused(call, says);
  }

  private static void assertRefused(String call, String says) throws IOException {
    List<String> before = Cli.tree(dir);

    Cli.Outcome outcome = Cli.run((Object[]) call.strip().replace("$", dir.toString()).split(" +"));

    outcome.assertRefused(2, says.split("\\|"));
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }
}
