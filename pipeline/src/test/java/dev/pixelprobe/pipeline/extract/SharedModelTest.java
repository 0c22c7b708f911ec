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
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedModelTest {
  private static final ForwardPass.Query SCORE =
      new ForwardPass.Query(List.of(), InputReading.SOS, true);
  private static final List<Tokens> IMAGE = List.of(Tokens.wrap(new short[16]));

  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();

  @TempDir static Path dir;

  @Test
  void allUsersShareOneModelAndTheLastOneFreesIt() throws IOException {
    String modelDir = TinyModel.write(dir.resolve("shared")).toString();

    SharedModel<ImageGpt> first = SharedModel.ofImageGpt(modelDir, Precision.F32, OPTIONS);
    SharedModel<ImageGpt> second = SharedModel.ofImageGpt(modelDir, Precision.F32, OPTIONS);
    assertThat(second).isSameAs(first);

    first.close();
    assertThat(second.run(IMAGE, SharedModelTest::score)).hasSize(1);

    second.close();
    assertThatThrownBy(() -> second.run(IMAGE, SharedModelTest::score))
        .isInstanceOf(IllegalStateException.class);
    try (SharedModel<ImageGpt> later = SharedModel.ofImageGpt(modelDir, Precision.F32, OPTIONS)) {
      assertThat(later).isNotSameAs(first);
      assertThat(later.run(IMAGE, SharedModelTest::score)).hasSize(1);
    }
  }

  @Test
  void aModelThatCouldNotBeLoadedIsTriedAgain() throws IOException {
    String modelDir = dir.resolve("late").toString();

    assertThatThrownBy(() -> SharedModel.ofImageGpt(modelDir, Precision.F32, OPTIONS))
        .isInstanceOf(InvalidInputException.class);
    TinyModel.write(Path.of(modelDir));

    try (SharedModel<ImageGpt> model = SharedModel.ofImageGpt(modelDir, Precision.F32, OPTIONS)) {
      assertThat(model.run(IMAGE, SharedModelTest::score)).hasSize(1);
    }
  }

  private static List<Float> score(ImageGpt gpt, List<Tokens> images) {
    return List.of(gpt.run(images, SCORE).natsPerToken()[0]);
  }
}
