package dev.pixelprobe.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Resample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelsTest {
  @TempDir Path dir;

  @Test
  void theBundledModelIsWhatItsCardSays() throws IOException {
    Path model = dir.resolve("model");
    BundledModels.install(BundledModels.IGPT_XS_16PX, model);

    ModelInfo info = ModelInfo.read(model);
    Architecture architecture = info.architecture();
    assertThat(architecture).isEqualTo(new Architecture(16, 192, 8, 4, 768, 512, 1e-5));
    assertThat(architecture.parameters()).isEqualTo(3_788_160);
    assertThat(info.resample()).isEqualTo(Resample.BOX);
    assertThat(info.digest())
        .as("as in version 0.1.0, so that features extracted with it are found again")
        .isEqualTo("e246abb5689fcb82a3aea74e68190a05cb8844ad7ea961f8652638fb86c1a469");
    assertThat(info.tokenizer(model).nPx()).isEqualTo(16);
  }

  @Test
  void whatIsInstalledIsNotInstalledAgain() throws IOException {
    Path model = dir.resolve("model");
    BundledModels.install(BundledModels.IGPT_XS_16PX, model);
    FileTime first = Files.getLastModifiedTime(model.resolve("saved_model.pb"));

    BundledModels.install(BundledModels.IGPT_XS_16PX, model);

    assertThat(Files.getLastModifiedTime(model.resolve("saved_model.pb"))).isEqualTo(first);
  }
}
