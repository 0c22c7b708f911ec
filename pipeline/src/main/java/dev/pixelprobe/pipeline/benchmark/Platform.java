package dev.pixelprobe.pipeline.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine that a result was made on. */
public final class Platform {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** What {@link #gpu} says where there is none. */
  public static final String NO_GPU = "none";

  private Platform() {}

  /** For example {@code 17.0.15 (Debian)}. */
  public static String java() {
    return "%s (%s)"
        .formatted(System.getProperty("java.version"), System.getProperty("java.vendor"));
  }

  public static String os() {
    return "%s %s %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
  }

  /** Model name and number of cores this JVM may use. */
  public static String cpu() {
    return "%s, %d cores".formatted(cpuModel(), Runtime.getRuntime().availableProcessors());
  }

  private static String cpuModel() {
    try {
      List<String> lines = Files.readAllLines(CPU_INFO);
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** The NVIDIA driver's first device; {@code none} on a machine without one. */
  public static String gpu() throws IOException {
    Path gpus = Path.of("/proc/driver/nvidia/gpus");
    if (!Files.isDirectory(gpus)) {
      return NO_GPU;
    }
    try (var devices = Files.list(gpus)) {
      for (Path device : devices.sorted().toList()) {
        for (String line : Files.readAllLines(device.resolve("information"))) {
          if (line.startsWith("Model:")) {
            return line.substring("Model:".length()).strip();
          }
        }
      }
    }
    return NO_GPU;
  }
}
