package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedModelTest {
  private static final ForwardPass.Query SCORE =
      new ForwardPass.Query(List.of(), InputReading.SOS, true);
  private static final List<Tokens> IMAGE = List.of(Tokens.wrap(new short[16]));

  @TempDir static Path dir;

  @Test
  void allUsersShareOneModelAndTheLastOneFreesIt() throws IOException {
    String modelDir = TinyModel.write(dir.resolve("shared")).toString();

    SharedModel<ImageGpt> first = SharedModel.ofImageGpt(modelDir, Precision.F32);
    SharedModel<ImageGpt> second = SharedModel.ofImageGpt(modelDir, Precision.F32);
    assertThat(second).isSameAs(first);

    first.close();
    assertThat(second.run(SharedModelTest::score).natsPerToken()).hasSize(1);

    second.close();
    assertThatThrownBy(() -> second.run(SharedModelTest::score))
        .isInstanceOf(IllegalStateException.class);
    try (SharedModel<ImageGpt> later = SharedModel.ofImageGpt(modelDir, Precision.F32)) {
      assertThat(later).isNotSameAs(first);
      assertThat(later.run(SharedModelTest::score).natsPerToken()).hasSize(1);
    }
  }

  @Test
  void aModelThatCouldNotBeLoadedIsTriedAgain() throws IOException {
    String modelDir = dir.resolve("late").toString();

    assertThatThrownBy(() -> SharedModel.ofImageGpt(modelDir, Precision.F32))
        .isInstanceOf(InvalidInputException.class);
    TinyModel.write(Path.of(modelDir));

    try (SharedModel<ImageGpt> model = SharedModel.ofImageGpt(modelDir, Precision.F32)) {
      assertThat(model.run(SharedModelTest::score).images()).isOne();
    }
  }

  private static ForwardPass score(ImageGpt gpt) {
    return gpt.run(IMAGE, SCORE);
  }
}
