package dev.pixelprobe.pipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version and the commit it was built from. */
public final class Version implements IVersionProvider {
  private final Properties build = new Properties();

  public Version() throws IOException {
    try (InputStream in = Version.class.getResourceAsStream("/pixelprobe-build.properties")) {
      if (in == null) {
        throw new IllegalStateException("resource missing: /pixelprobe-build.properties");
      }
      build.load(in);
    }
  }

  /** For example {@code 0.1.0}. */
  public String number() {
    return build.getProperty("version", "unknown");
  }

  /** Full hash; {@code unknown} when built outside a git checkout. */
  public String gitCommit() {
    return build.getProperty("git.commit.id", "unknown");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"pixelprobe %s (commit %s)".formatted(number(), gitCommit())};
  }
}
