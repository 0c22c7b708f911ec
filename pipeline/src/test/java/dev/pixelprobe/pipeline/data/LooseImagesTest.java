package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LooseImagesTest {
  @TempDir Path dir;

  @Test
  void aFoldersImagesAreReadButForTheContactSheet() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("samples"));
    Files.createDirectories(folder.resolve("b"));
    Files.write(folder.resolve("b/2.png"), Pictures.png(2, 3, 20));
    Files.write(folder.resolve("a.png"), Pictures.png(2, 3, 10));
    Files.write(folder.resolve(ImageList.CONTACT_SHEET), Pictures.png(40, 30, 1));
    Files.writeString(folder.resolve("samples.json"), "{}");

    DatasetPlan plan = LooseImages.open(folder.toString());

    assertThat(plan.count(Split.TEST)).isEqualTo(OptionalLong.of(2));
    assertThat(Reading.of(plan).images)
        .containsExactly(
            new LabelledImage(
                ImageId.ofFile("images", Split.TEST, "a.png", 0), 0, Pictures.rgb(2, 3, 10)),
            new LabelledImage(
                ImageId.ofFile("images", Split.TEST, "b/2.png", 1), 0, Pictures.rgb(2, 3, 20)));
  }

  @Test
  void anArraysImagesAreReadSliceBySlice() throws IOException {
    Path file = dir.resolve("x.npy");
    byte[] pixels = new byte[130 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3);
    }
    NpyArray.of(pixels, 130, 1, 1, 3).write(file);

    DatasetPlan plan = LooseImages.open(file.toString());
    Reading reading = Reading.of(plan);

    assertThat(plan.slices()).extracting(Slice::count).containsExactly(64L, 64L, 2L);
    assertThat(reading.images)
        .extracting(image -> image.image().at(0, 0, 2))
        .containsExactlyElementsOf(IntStream.range(0, 130).boxed().toList());
    assertThat(reading.images.get(129).id())
        .isEqualTo(ImageId.inShard("images", Split.TEST, "x.npy", 129));
  }

  @Test
  void theDigestIsThatOfNamesAndContentsWhereverTheyAre() throws IOException {
    String here = digest("here", "a.png", 10);

    assertThat(digest("there", "a.png", 10)).isEqualTo(here);
    assertThat(digest("renamed", "b.png", 10)).isNotEqualTo(here);
    assertThat(digest("repainted", "a.png", 11)).isNotEqualTo(here);
  }

  private String digest(String folder, String name, int shade) throws IOException {
    Files.createDirectories(dir.resolve(folder));
    Files.write(dir.resolve(folder).resolve(name), Pictures.png(2, 3, shade));
    return LooseImages.open(dir.resolve(folder).toString()).digest();
  }

  @Test
  void twoSizesAreRefusedByTwoNames() throws IOException {
    Files.write(dir.resolve("a.png"), Pictures.png(2, 3, 10));
    Files.write(dir.resolve("b.png"), Pictures.png(2, 4, 10));
    DatasetPlan plan = LooseImages.open(dir.toString());

    assertThatThrownBy(() -> Reading.of(plan))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.png#0", "b.png#1", "2 x 3", "got 2 x 4");
  }

  @Test
  void filesAndShardsAreNotMixed() throws IOException {
    Files.write(dir.resolve("a.png"), Pictures.png(2, 3, 10));
    Files.write(dir.resolve("b.tfrecord"), new byte[0]);

    assertThatThrownBy(() -> LooseImages.open(dir.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.png", "b.tfrecord");
  }

  @Test
  void shardsWithoutARecordAreRefused() throws IOException {
    Files.write(dir.resolve("b.tfrecord"), new byte[0]);

    assertThatThrownBy(() -> LooseImages.open(dir.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(dir.toString(), "at least 1 image");
  }
}
