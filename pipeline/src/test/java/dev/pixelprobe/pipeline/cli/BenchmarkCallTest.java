package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchmarkCallTest {
  @Test
  void placesMayBeInTheCloudAsInACallThatIsTyped() {
    BenchmarkCall call =
        BenchmarkCall.of(List.of("--inception", "gs://bucket/graph.pb", "--data", "gs://bucket/d"));
    assertThat(call.typed().hasMatchedOption("--inception")).isTrue();
  }
}
