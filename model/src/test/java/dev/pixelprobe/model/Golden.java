package dev.pixelprobe.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests find expected values that a reference program computed. */
public final class Golden {
  private static final Path RESOURCES = Path.of("src", "test", "resources", "golden");
  private static final Path SHARED = Path.of("..", "..", "shared");

  private Golden() {}

  /** A file or folder kept in this repository. */
  public static Path resource(String name) {
    return RESOURCES.resolve(name);
  }

  /** One whose licence keeps it beside the repository; without it, the test is skipped. */
  public static Path shared(String name) {
    Path path = SHARED.resolve(name);
    assumeTrue(Files.exists(path), "needs " + path + ", kept outside the repository");
    return path;
  }
}
