package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
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

    SharedModel first = SharedModel.open(modelDir);
    SharedModel second = SharedModel.open(modelDir);
    assertThat(second).isSameAs(first);

    first.close();
    assertThat(second.run(IMAGE, SCORE).natsPerToken()).hasSize(1);

    second.close();
    assertThatThrownBy(() -> second.run(IMAGE, SCORE)).isInstanceOf(IllegalStateException.class);
    try (SharedModel later = SharedModel.open(modelDir)) {
      assertThat(later).isNotSameAs(first);
      assertThat(later.run(IMAGE, SCORE).natsPerToken()).hasSize(1);
    }
  }

  @Test
  void aModelThatCouldNotBeLoadedIsTriedAgain() throws IOException {
    String modelDir = dir.resolve("late").toString();

    assertThatThrownBy(() -> SharedModel.open(modelDir)).isInstanceOf(InvalidInputException.class);
    TinyModel.write(Path.of(modelDir));

    try (SharedModel model = SharedModel.open(modelDir)) {
      assertThat(model.run(IMAGE, SCORE).images()).isOne();
    }
  }
}
