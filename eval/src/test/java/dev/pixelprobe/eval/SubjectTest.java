package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectTest {
  @Test
  void labelsAreShortAndTellSubjectsApart() {
    assertThat(Subject.layer(4, "ln_1").label()).isEqualTo("ln_1 4");
    assertThat(Subject.layers(List.of(10, 11, 12), "h").label()).isEqualTo("h 10+11+12");
    assertThat(Subject.baseline("colour_histogram").label()).isEqualTo("colour histogram");
  }
}
