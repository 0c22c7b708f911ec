package dev.pixelprobe.pipeline.data.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.eval.LabelledSet;
import dev.pixelprobe.eval.LinearProbe;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.Resizer;
import dev.pixelprobe.model.RgbImage;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapePicturesTest {
  private static final int CLASSES = 10;

  @Test
  void aPictureDependsOnItsNumberAlone() {
    assertThat(ShapePictures.draw(0, 7)).isEqualTo(ShapePictures.draw(0, 7));
    assertThat(ShapePictures.draw(0, 7)).isNotEqualTo(ShapePictures.draw(1, 7));
    assertThat(ShapePictures.draw(0, 7)).isNotEqualTo(ShapePictures.draw(0, 17));
  }

  /** If this fails the pictures have changed: raise {@link ShapePictures#VERSION}. */
  @Test
  void thePicturesStayWhatTheyAre() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    IntStream.range(0, 100).forEach(i -> digest.update(ShapePictures.draw(0, i).bytes()));
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("b9bbecbf17cab6836d2cc70e1f6e2b964c6cb10af452dce60126644f4cc9bcfa");
  }

  /** A chance of 10%, and with 500 test pictures a standard deviation of 1.3 points. */
  @Test
  void aLinearProbeOfThePixelsReadsSomethingButLittle() {
    assertThat(probe(16)).isBetween(0.14, 0.60);
  }

  @Test
  void colourTellsNothing() {
    assertThat(probe(1)).isLessThan(0.14);
  }

  /** The test accuracy of a linear probe of the pictures shrunk to {@code side x side}. */
  private static double probe(int side) {
    LinearProbe probe = LinearProbe.with(LinearProbe.Options.DEFAULT.withCs(List.of(0.01)));
    return probe.evaluate(pixels(0, 2_000, side), pixels(1, 500, side)).testAccuracy();
  }

  private static LabelledSet pixels(int stream, int count, int side) {
    int width = side * side * 3;
    float[] values = new float[count * width];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      RgbImage small = Resizer.resize(ShapePictures.draw(stream, i), side, side, Resample.BOX);
      for (int k = 0; k < width; k++) {
        values[i * width + k] = small.bytes()[k] & 0xff;
      }
      labels[i] = ShapePictures.label(i);
    }
    return LabelledSet.of("shapes", Matrix.wrap(values, count, width), labels, CLASSES);
  }
}
