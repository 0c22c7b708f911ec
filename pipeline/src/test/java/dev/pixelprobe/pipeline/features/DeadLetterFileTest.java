package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DelegateCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeadLetterFileTest {
  private static final Coder<DeadLetter> LINES =
      DelegateCoder.of(StringUtf8Coder.of(), DeadLetterFile::toLine, DeadLetterFile::fromLine);

  @TempDir private Path directory;

  @Test
  void lettersComeBackByShardAndRecord() throws IOException {
    DeadLetter first = new DeadLetter("b_2.bin", 10, "label: expected 0 to 9, got \"12\"\nsic");
    DeadLetter second = new DeadLetter("b_10.bin", 2, "ein Füllwort");
    DeadLetter third = new DeadLetter("b_10.bin", 1000, "cut");

    write(List.of(third, first, second));

    assertThat(DeadLetterFile.read(directory.toString())).containsExactly(first, second, third);
    assertThat(Files.readString(directory.resolve("dead-letters.jsonl")))
        .contains("{\"shard\":\"b_10.bin\",\"record\":1000,\"reason\":\"cut\"}\n");
  }

  @Test
  void withoutLettersTheFileIsThereAndEmpty() throws IOException {
    write(List.of());

    assertThat(directory.resolve("dead-letters.jsonl")).isEmptyFile();
    assertThat(DeadLetterFile.read(directory.toString())).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> DeadLetterFile.read(directory.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "dead-letters.jsonl: expected dead letters as JSON lines, got no file");
  }

  @Test
  void aLineThatIsNotJsonIsRefused() throws IOException {
    Files.writeString(directory.resolve("dead-letters.jsonl"), "cut\n");

    assertThatThrownBy(() -> DeadLetterFile.read(directory.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got something else;");
  }

  private void write(List<DeadLetter> letters) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(letters).withCoder(LINES))
        .apply("WriteDeadLetters", WriteDeadLetters.to(directory.toString()));
    pipeline.run().waitUntilFinish();
  }
}
