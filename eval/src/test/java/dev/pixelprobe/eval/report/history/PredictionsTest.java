package dev.pixelprobe.eval.report.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.results.PerImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
  @TempDir Path dir;

  @Test
  void eachColumnTellsWhichImagesItsProbeGotRight() throws IOException {
    Predictions predictions =
        read("id,label,ln_1 0,pixels\nb,1,1,0\n\"a, with \"\"quotes\"\"\",0,1,0\n");

    assertThat(predictions.images()).isEqualTo(2);
    assertThat(predictions.right("ln_1 0")).as("in the order of ids").containsExactly(false, true);
    assertThat(predictions.right("pixels")).containsExactly(true, false);
    assertThat(predictions.has("pixels")).isTrue();
    assertThat(predictions.has("label")).isFalse();
    assertThat(predictions.has("ln_1 1")).isFalse();
  }

  @Test
  void sameImagesHaveTheSameIdsAndLabels() throws IOException {
    Predictions predictions = read("id,label,x\na,0,1\nb,1,1\n");

    assertThat(predictions.sameImagesAs(read("id,label,y\nb,1,0\na,0,0\n"))).isTrue();
    assertThat(predictions.sameImagesAs(read("id,label,x\na,0,1\nb,0,1\n"))).isFalse();
    assertThat(predictions.sameImagesAs(read("id,label,x\na,0,1\n"))).isFalse();
    assertThat(predictions.sameImagesAs(read("id,label,x\na,0,1\nc,1,1\n"))).isFalse();
  }

  @Test
  void aRunNeedNotKeepThem() throws IOException {
    assertThat(Predictions.read(dir.resolve("absent"))).isEmpty();
  }

  @Test
  void damagedFilesAreRefusedInOneLine() {
    for (String damaged :
        List.of(
            "",
            "id,labels,x\na,0,1\n",
            "id,label,x\na,0\n",
            "id,label,x\na,0,one\n",
            "id,label,x\na,0,1\na,0,1\n",
            "id,label,x\n\"a,0,1\n")) {
      assertThatThrownBy(() -> read(damaged))
          .as(damaged)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("predictions.csv: expected id,label and a column for each probe")
          .hasMessageNotContaining("\n");
    }
  }

  private Predictions read(String text) throws IOException {
    Path file = dir.resolve(PerImageFiles.PREDICTIONS);
    Files.writeString(file, text);
    return Predictions.read(dir).orElseThrow();
  }
}
