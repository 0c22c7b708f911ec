package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.results.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In what two runs differ besides their figures, as sentences for people. */
final class RunDifferences {
  private static final int DIGEST = 12;

  private final List<String> found = new ArrayList<>();
  private final Provenance before;
  private final Provenance after;

  private RunDifferences(Run before, Run after) {
    this.before = before.provenance();
    this.after = after.provenance();
  }

  static List<String> between(Run before, Run after) {
    RunDifferences differences = new RunDifferences(before, after);
    differences.add("version", Provenance::version);
    differences.add("commit", p -> shortened(p.gitCommit()));
    differences.add("model digest", p -> shortened(p.model().digest()));
    differences.add("data digest (other images)", p -> shortened(p.dataset().digest()));
    differences.add("training images", p -> p.dataset().nTrain());
    differences.add("test images", p -> p.dataset().nTest());
    differences.add("palette digest", p -> shortened(p.paletteDigest()));
    differences.add("precision", Provenance::precision);
    differences.add("seed", Provenance::seed);
    return List.copyOf(differences.found);
  }

  private void add(String what, Function<Provenance, @Nullable Object> part) {
    Object then = part.apply(before);
    Object now = part.apply(after);
    if (!Objects.equals(then, now)) {
      found.add("%s: %s, before %s".formatted(what, known(now), known(then)));
    }
  }

  private static Object known(@Nullable Object value) {
    return value == null ? "unknown" : value;
  }

  private static @Nullable String shortened(@Nullable String digest) {
    return digest == null ? null : digest.substring(0, Math.min(DIGEST, digest.length()));
  }
}
