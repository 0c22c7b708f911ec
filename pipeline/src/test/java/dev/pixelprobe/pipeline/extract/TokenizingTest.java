package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Function;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenizingTest {
  @TempDir private Path dir;

  @Test
  void imagesOfAnySizeBecomeTheModelsPixelsAndTokens() throws IOException {
    Path model = TinyModel.write(dir.resolve("model"));
    LabelledImage wide = image(0, 3, 8);
    LabelledImage exact = image(1, 4, 4);
    Tokenizer tokenizer = ModelInfo.read(model).tokenizer(model);

    Function<LabelledImage, TokenizedImage> tokenizing =
        SerializableUtils.clone(new Tokenizing(model.toString())).open();

    assertThat(tokenizing.apply(wide))
        .isEqualTo(
            new TokenizedImage(
                wide.id(), 5, tokenizer.resize(wide.image()), tokenizer.tokenize(wide.image())));
    assertThat(tokenizing.apply(exact))
        .isEqualTo(
            new TokenizedImage(exact.id(), 5, exact.image(), tokenizer.quantize(exact.image())));
  }

  private static LabelledImage image(long record, int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(record).nextBytes(rgb);
    return new LabelledImage(
        ImageId.inShard("d", Split.TRAIN, "a", record), 5, RgbImage.wrap(height, width, rgb));
  }
}
