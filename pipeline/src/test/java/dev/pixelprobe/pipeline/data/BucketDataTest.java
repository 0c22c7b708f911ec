package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.files.Bucket;
import dev.pixelprobe.pipeline.storage.standin.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets in a bucket: the same images as on a disk, also from a service that stumbles. */
final class BucketDataTest {
  @TempDir private Path dir;
  private Bucket bucket;

  @BeforeEach
  void open() throws IOException {
    bucket = Bucket.open();
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar10", "stl10", "tfrecord", "parquet", "folders"})
  void everyImageAndDeadLetterIsThatOfTheLocalFiles(String name) throws IOException {
    write(name);
    Reading local = Reading.of(Datasets.open(name, dir.toString(), Limits.NONE));
    String location = bucket.put(dir, "data");
    bucket.service().pageSize(3);
    bucket.service().refuseEvery(9);
    bucket.service().cutReads(2);

    Reading remote = Reading.of(Datasets.open(name, location, Limits.NONE));

    assertThat(remote.images).isNotEmpty().isEqualTo(local.images);
    assertThat(remote.deadLetters).isEqualTo(local.deadLetters);
    assertThat(remote.deadLetters).hasSize(name.equals("parquet") ? 0 : 1);
  }

  @Test
  void aSliceIsReadFromItsFirstRecordOn() throws IOException {
    CifarFiles.write(dir, 1100, 1, 2);
    DatasetPlan plan =
        Datasets.open("cifar10", bucket.put(dir, "data"), Limits.NONE.withTrain(1100));

    Reading.of(plan);

    assertThat(ranges()).contains("bytes=" + 1024 * CifarFiles.RECORD_BYTES + "-");
  }

  @Test
  void theDigestIsThatOfTheObjectsChecksumsAndNothingIsReadForIt() throws IOException {
    CifarFiles.write(dir, 3, 2, 2);
    String first = digest(bucket.put(dir, "data"));

    assertThat(ranges()).isEmpty();
    assertThat(digest(bucket.put(dir, "data"))).isEqualTo(first);
    assertThat(digest(bucket.put(dir, "elsewhere"))).isEqualTo(first);
    byte[] changed = Files.readAllBytes(CifarFiles.test(dir));
    changed[40]++;
    Files.write(CifarFiles.test(dir), changed);
    assertThat(digest(bucket.put(dir, "data"))).isNotEqualTo(first);
  }

  @Test
  void looseImagesAreReadAsFilesAsShardsAndAsAnArray() throws IOException {
    Files.createDirectories(dir.resolve("png/deep"));
    Files.createDirectories(dir.resolve("shards"));
    Files.write(dir.resolve("png/a.png"), Pictures.png(2, 3, 10));
    Files.write(dir.resolve("png/deep/b.png"), Pictures.png(2, 3, 20));
    Files.write(dir.resolve("png/contact-sheet.png"), Pictures.png(9, 9, 1));
    Files.write(dir.resolve("shards/x.tfrecord"), TfRecordTest.frame(TfRecordTest.example(1, 30)));
    byte[] pixels = new byte[5 * 2 * 3 * 3];
    new Random(1).nextBytes(pixels);
    NpyArray.of(pixels, 5, 2, 3, 3).write(dir.resolve("x.npy"));
    bucket.put(dir, "loose");
    bucket.service().cutReads(2);

    for (String name : List.of("png", "shards", "x.npy")) {
      Reading local = Reading.of(LooseImages.open(dir.resolve(name).toString()));
      Reading remote = Reading.of(LooseImages.open(bucket.location("loose/" + name)));
      assertThat(remote.images).as(name).isNotEmpty().isEqualTo(local.images);
    }
  }

  @Test
  void whatIsNotThereIsRefusedByItsName() {
    String nowhere = bucket.location("nowhere");
    assertThatThrownBy(() -> Datasets.open("cifar10", nowhere, Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(nowhere, "no files at all");
    assertThatThrownBy(() -> ImageList.open(nowhere))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(nowhere, "got none");
    assertThatThrownBy(() -> ImageList.open(nowhere + ".npy"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(nowhere + ".npy", "no such file");
  }

  private static String digest(String location) throws IOException {
    return Datasets.open("cifar10", location, Limits.NONE).digest();
  }

  private List<String> ranges() {
    return bucket.service().requests().stream()
        .filter(Request::isMediaRead)
        .map(request -> String.valueOf(request.headers().getFirst("Range")))
        .toList();
  }

  /** A few images, and but for Parquet one record that cannot be used. */
  private void write(String dataset) throws IOException {
    switch (dataset) {
      case "cifar10" -> {
        CifarFiles.write(dir, 4, 2, 2);
        cut(CifarFiles.train(dir, 2), 10);
      }
      case "stl10" -> writeStl();
      case "tfrecord" -> {
        byte[] whole = frames(3);
        Files.write(
            dir.resolve("cifar10-train.tfrecord-00000-of-00001"),
            Arrays.copyOf(whole, whole.length - 10));
        Files.write(dir.resolve("cifar10-test.tfrecord-00000-of-00001"), frames(2));
      }
      case "parquet" -> {
        for (String split : List.of("train", "test")) {
          Path file = dir.resolve(split + "-00000-of-00001.parquet");
          ParquetTest.write(file, CompressionCodecName.ZSTD, Map.of(), 101);
        }
      }
      default -> {
        for (String file : List.of("train/a/1.png", "train/b/1.png", "test/a/1.png")) {
          Files.createDirectories(dir.resolve(file).getParent());
          Files.write(dir.resolve(file), Pictures.png(2, 3, file.length()));
        }
        Files.writeString(dir.resolve("test/a/2.png"), "no image");
      }
    }
  }

  private void writeStl() throws IOException {
    byte[] images = new byte[3 * 96 * 96 * 3];
    new Random(2).nextBytes(images);
    Files.write(dir.resolve("train_X.bin"), images);
    Files.write(dir.resolve("train_y.bin"), new byte[] {1, 10, 5});
    Files.write(dir.resolve("test_X.bin"), Arrays.copyOf(images, images.length - 100));
    Files.write(dir.resolve("test_y.bin"), new byte[] {2, 3, 4});
    Files.writeString(dir.resolve("fold_indices.txt"), "0 2\n1 2\n");
  }

  private static byte[] frames(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      bytes.writeBytes(TfRecordTest.frame(TfRecordTest.example(i, 10 * i)));
    }
    return bytes.toByteArray();
  }

  private static void cut(Path file, int bytes) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - bytes));
  }
}
