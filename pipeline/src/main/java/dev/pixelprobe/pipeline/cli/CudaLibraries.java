package dev.pixelprobe.pipeline.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The libraries that TensorFlow 2.18 opens at run time to use a GPU, looked for where the system's
 * loader looks: {@code LD_LIBRARY_PATH}, the folders of {@code /etc/ld.so.conf}, and the usual
 * ones. Without any one of them TensorFlow falls back to the CPU.
 */
final class CudaLibraries {
  static final String DRIVER = "libcuda.so.1";
  static final String CUDNN = "libcudnn.so.9";

  static final List<String> NAMES =
      List.of(
          DRIVER,
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12",
          CUDNN,
          "libnccl.so.2",
          "libcupti.so.12");

  private static final List<String> USUAL =
      List.of(
          "lib/x86_64-linux-gnu",
          "usr/lib/x86_64-linux-gnu",
          "lib64",
          "usr/lib64",
          "lib",
          "usr/lib");

  /** Where they often lie without being found. */
  private static final List<String> ELSEWHERE =
      List.of(
          "usr/local/cuda/lib64",
          "usr/local/cuda/extras/CUPTI/lib64",
          "usr/local/nvidia/lib64",
          "opt/cuda/lib64");

  private final Path root;
  private final Set<Path> folders = new LinkedHashSet<>();

  /**
   * @param root of the file system
   * @param loaderPath value of {@code LD_LIBRARY_PATH}
   */
  CudaLibraries(Path root, String loaderPath) {
    this.root = root;
    Pattern.compile(":")
        .splitAsStream(loaderPath)
        .filter(folder -> !folder.isEmpty())
        .forEach(folder -> folders.add(Path.of(folder)));
    addConfigured(root.resolve("etc/ld.so.conf"), 0);
    USUAL.forEach(folder -> folders.add(root.resolve(folder)));
  }

  static CudaLibraries ofThisMachine() {
    return new CudaLibraries(Path.of("/"), System.getenv().getOrDefault("LD_LIBRARY_PATH", ""));
  }

  private void addConfigured(Path file, int depth) {
    if (depth > 4 || !Files.isReadable(file)) {
      return;
    }
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : lines.map(line -> line.replaceFirst("#.*", "").strip()).toList()) {
        if (line.startsWith("include ")) {
          for (Path included : matching(line.substring("include ".length()).strip())) {
            addConfigured(included, depth + 1);
          }
        } else if (!line.isEmpty()) {
          folders.add(inRoot(line));
        }
      }
    } catch (IOException e) {
      return; // as the loader does: what cannot be read is not searched
    }
  }

  private List<Path> matching(String pattern) throws IOException {
    Path glob = inRoot(pattern.startsWith("/") ? pattern : "/etc/" + pattern);
    List<Path> files = new ArrayList<>();
    Path folder = glob.resolveSibling("");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(folder, String.valueOf(glob.getFileName()))) {
        found.forEach(files::add);
      }
    }
    return files.stream().sorted().toList();
  }

  private Path inRoot(String absolute) {
    return root.resolve(absolute.replaceFirst("^/+", ""));
  }

  /** Those that the loader does not find, in the order of {@link #NAMES}. */
  List<String> missing() {
    return NAMES.stream().filter(name -> find(folders.stream(), name).isEmpty()).toList();
  }

  /** Where a missing one lies, out of the loader's sight. */
  Optional<Path> elsewhere(String name) {
    return find(ELSEWHERE.stream().map(root::resolve), name);
  }

  private static Optional<Path> find(Stream<Path> folders, String name) {
    return folders.filter(folder -> Files.exists(folder.resolve(name))).findFirst();
  }
}
