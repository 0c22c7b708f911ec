package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class IntervalTest {
  @Test
  void percentilesAreNumpys() {
    // np.percentile([3, 1, 4, 1, 5, 9, 2, 6], [2.5, 97.5])
    Interval interval = Interval.ofMiddle95(new double[] {3, 1, 4, 1, 5, 9, 2, 6});

    assertThat(interval.lower()).isCloseTo(1, within(1e-14));
    assertThat(interval.upper()).isCloseTo(8.475, within(1e-14));
  }

  @Test
  void aListOfBothEndsInJson() throws IOException {
    JsonMapper mapper = new JsonMapper();

    String json = mapper.writeValueAsString(new Interval(-1, 2.5));

    assertThat(json).isEqualTo("[-1.0,2.5]");
    assertThat(mapper.readValue(json, Interval.class)).isEqualTo(new Interval(-1, 2.5));
  }
}
