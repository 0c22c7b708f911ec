package dev.pixelprobe.eval.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.eval.LabelledSet;
import dev.pixelprobe.eval.LinearProbe;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.ProbeOutcome;
import dev.pixelprobe.eval.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerImageFilesTest {
  @TempDir Path dir;

  @Test
  void predictionsHaveAColumnForEachProbe() throws IOException {
    LabelledSet sides =
        LabelledSet.of(
            "sides",
            Matrix.wrap(new float[] {-2, 2, -1, 1, -3, 3, -1, 2, -2, 1}, 10, 1),
            new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1},
            2);
    boolean[] heldOut = new boolean[10];
    heldOut[9] = true;
    ProbeOutcome outcome =
        LinearProbe.with(LinearProbe.Options.DEFAULT)
            .evaluateEach(sides, heldOut, sides.select(new int[] {1, 2}));

    PerImageFiles.writePredictions(
        dir,
        List.of("a,\"b\"", "c"),
        List.of(1, 0),
        List.of(outcome.of(Subject.layer(0, "ln_1")), outcome.of(Subject.baseline("pixels"))));

    assertThat(dir.resolve("predictions.csv"))
        .hasContent("id,label,\"ln_1 0\",pixels\n\"a,\"\"b\"\"\",1,1,1\nc,0,0,0\n");
  }

  @Test
  void natsAreWrittenWithAllTheirDigits() throws IOException {
    PerImageFiles.writeNats(dir, List.of("a", "b"), List.of(2.8392997f, 0.1f));

    assertThat(dir.resolve("nats.csv")).hasContent("id,nats_per_token\na,2.8392997\nb,0.1\n");
  }
}
