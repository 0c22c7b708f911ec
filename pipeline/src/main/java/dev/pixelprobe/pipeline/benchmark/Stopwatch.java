package dev.pixelprobe.pipeline.benchmark;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wall-clock seconds by stage, in the order in which the stages ended. */
public final class Stopwatch {
  /** A stage. */
  @FunctionalInterface
  public interface Stage<T> {
    T run() throws IOException;
  }

  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Runs a stage and notes its time. */
  public <T> T time(String stage, Stage<T> body) throws IOException {
    long begin = System.nanoTime();
    T result = body.run();
    seconds.put(stage, (System.nanoTime() - begin) / 1e9);
    return result;
  }

  public Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
