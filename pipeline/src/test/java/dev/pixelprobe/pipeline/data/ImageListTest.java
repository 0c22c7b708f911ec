package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageListTest {
  @TempDir Path dir;

  @Test
  void filesAreSortedByNameHoweverDeepAndOthersAreNoImages() throws IOException {
    Files.createDirectories(dir.resolve("b/c"));
    Files.write(dir.resolve("b/c/2.png"), Pictures.png(2, 3, 20));
    Files.write(dir.resolve("b/1.PNG"), Pictures.png(3, 2, 10));
    Files.write(dir.resolve("d.jpeg"), Pictures.jpeg(8, 8, 90));
    Files.writeString(dir.resolve("a.txt"), "no image");

    ImageList images = ImageList.open(dir.toString());

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.read(0)).isEqualTo(Pictures.rgb(3, 2, 10));
    assertThat(images.read(1)).isEqualTo(Pictures.rgb(2, 3, 20));
    assertThat(images.nameOf(2)).isEqualTo(dir.resolve("d.jpeg").toString());
  }

  @Test
  void anArraysRowsAreImages() throws IOException {
    byte[] pixels = new byte[3 * 2 * 1 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i + 120);
    }
    NpyArray.of(pixels, 3, 2, 1, 3).write(dir.resolve("x.npy"));

    ImageList images = ImageList.open(dir.resolve("x.npy").toString());

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.read(2))
        .isEqualTo(
            RgbImage.wrap(
                2,
                1,
                new byte[] {
                  (byte) 132, (byte) 133, (byte) 134, (byte) 135, (byte) 136, (byte) 137
                }));
    assertThat(images.nameOf(2)).endsWith("x.npy image 2");
  }

  @Test
  void imagesAtHandTravelAsTheyAre() throws IOException {
    RgbImage red = RgbImage.wrap(1, 2, new byte[] {-1, 0, 0, -1, 0, 0});
    RgbImage blue = RgbImage.wrap(1, 2, new byte[] {0, 0, -1, 0, 0, -2});

    ImageList images = SerializableUtils.clone(ImageList.of(List.of(red, blue)));

    assertThat(images.size()).isEqualTo(2);
    assertThat(images.read(0)).isEqualTo(red);
    assertThat(images.read(1)).isEqualTo(blue);
    assertThat(images.idOf(0)).isNotEqualTo(images.idOf(1));
  }

  @Test
  void nothingToReadIsRefused() throws IOException {
    NpyArray.of(new byte[0], 0, 2, 2, 3).write(dir.resolve("none.npy"));

    assertRefused(dir.resolve("none.npy"), "at least 1 image");
    assertRefused(Files.createDirectories(dir.resolve("empty")), "got none");
    assertRefused(dir.resolve("missing"), "missing");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Files.writeString(dir.resolve("a.png"), "no image");
    ImageList images = ImageList.open(dir.toString());

    assertThatThrownBy(() -> images.read(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.png", "JPEG or PNG");
  }

  private static void assertRefused(Path path, String says) {
    assertThatThrownBy(() -> ImageList.open(path.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(path.toString(), says);
  }
}
