package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import dev.pixelprobe.pipeline.storage.standin.CloudStorageStandIn;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The program and a stand-in for Cloud Storage, with one bucket. */
final class Cloud implements AutoCloseable {
  static final String BUCKET = "bucket";

  private final CloudStorageStandIn standIn;

  private Cloud(CloudStorageStandIn standIn) {
    this.standIn = standIn;
  }

  static Cloud start() throws IOException {
    return new Cloud(CloudStorageStandIn.withBucket(BUCKET));
  }

  CloudStorageStandIn standIn() {
    return standIn;
  }

  /** {@code gs://bucket/name}. */
  static String uri(String name) {
    return "gs://" + BUCKET + "/" + name;
  }

  /** Calls the program as {@link Cli} does, but where it is told of the stand-in. */
  Outcome run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.add("--");
    all.addAll(standIn.beamOptions());
    return Cli.run(all.toArray());
  }

  /**
   * Starts the program in a process of its own, which logs to {@code client-*.log} there.
   *
   * @param home where its cache is
   */
  Process start(Path home, Map<String, String> environment, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    command.add("--");
    command.addAll(standIn.beamOptions());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", home.toString());
    builder.environment().putAll(environment);
    File log = Files.createTempFile(home, "client-", ".log").toFile();
    return builder.redirectOutput(log).start();
  }

  /** Puts a file, or a folder with all that is in it, into the bucket. */
  void put(Path local, String name) throws IOException {
    try (Stream<Path> tree = Files.walk(local)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String below = local.relativize(file).toString();
        standIn.put(BUCKET, below.isEmpty() ? name : name + "/" + below, Files.readAllBytes(file));
      }
    }
  }

  /** Everything below a folder of the bucket, as files. */
  Path get(String name, Path local) throws IOException {
    for (String object : below(name)) {
      Path file = local.resolve(object);
      Files.createDirectories(file.getParent());
      Files.write(file, standIn.get(BUCKET, name + "/" + object));
    }
    return local;
  }

  /** The names of all objects below a folder. */
  List<String> below(String name) {
    return standIn.names(BUCKET).stream()
        .filter(object -> object.startsWith(name + "/"))
        .map(object -> object.substring(name.length() + 1))
        .toList();
  }

  byte[] get(String name) {
    return standIn.get(BUCKET, name);
  }

  @Override
  public void close() {
    standIn.close();
  }
}
